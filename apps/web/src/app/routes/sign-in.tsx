import { createLazyRoute, Link, useSearch } from '@tanstack/react-router'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { CredentialsForm } from '../../features/auth/credentials-form.tsx'
import { useSignIn } from '../../features/auth/use-sign-in.ts'
import { t } from '../../i18n/t.ts'
import { textLinkClass } from '../../ui/text-link.ts'
import { useEnter } from '../use-enter.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/guest/sign-in')({ component: SignInRoute })

function SignInRoute() {
  useTitle(t('auth.signIn'))
  const search = useSearch({ from: '/guest' })
  const enter = useEnter(search.next)
  const { mutate, isPending, error } = useSignIn(enter)
  return (
    <AuthPage
      title={t('auth.signInTitle')}
      lead={t('auth.signInLead')}
      footer={
        <>
          {t('auth.noAccount')}{' '}
          <Link to="/sign-up" search={search} className={textLinkClass}>
            {t('auth.signUp')}
          </Link>
        </>
      }
    >
      <CredentialsForm
        isNew={false}
        busy={isPending}
        error={error}
        onSubmit={({ email, password }) => mutate({ email, password })}
      />
    </AuthPage>
  )
}
