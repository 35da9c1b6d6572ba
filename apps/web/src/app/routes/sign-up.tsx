import { createLazyRoute, Link, useSearch } from '@tanstack/react-router'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { CredentialsForm } from '../../features/auth/credentials-form.tsx'
import { useAccountPolicy } from '../../features/auth/use-account-policy.ts'
import { useSignUp } from '../../features/auth/use-sign-up.ts'
import { t } from '../../i18n/t.ts'
import { textLinkClass } from '../../ui/text-link.ts'
import { useEnter } from '../use-enter.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/guest/sign-up')({ component: SignUpRoute })

function SignUpRoute() {
  useTitle(t('auth.signUp'))
  const search = useSearch({ from: '/guest' })
  const enter = useEnter(search.next)
  const { mutate, isPending, error } = useSignUp(enter)
  const registration = useAccountPolicy()?.registration ?? 'open'
  const isOpen = registration === 'open'
  const shut = registration === 'closed' ? t('auth.closedLead') : t('auth.inviteLead')
  return (
    <AuthPage
      title={isOpen ? t('auth.signUpTitle') : t('auth.notOpenTitle')}
      lead={isOpen ? t('auth.signUpLead') : shut}
      footer={
        <>
          {t('auth.haveAccount')}{' '}
          <Link to="/sign-in" search={search} className={textLinkClass}>
            {t('auth.signIn')}
          </Link>
        </>
      }
    >
      {isOpen && <CredentialsForm isNew busy={isPending} error={error} onSubmit={mutate} />}
    </AuthPage>
  )
}
