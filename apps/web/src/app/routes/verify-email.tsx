import { trpc } from '@kickstartmyai/client/react'
import { createLazyRoute, Link } from '@tanstack/react-router'
import { AuthForm } from '../../features/auth/auth-form.tsx'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { t } from '../../i18n/t.ts'
import { textLinkClass } from '../../ui/text-link.ts'
import { useLinkToken } from '../use-link-token.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/verify-email')({ component: VerifyEmailRoute })

/** Where the link in the mail leads. One click: programs that look at mails open links too. */
function VerifyEmailRoute() {
  useTitle(t('auth.verifyTitle'))
  const token = useLinkToken()
  const { mutate, isPending, error, isSuccess } = trpc.auth.verifyEmail.useMutation()
  return (
    <AuthPage
      title={t('auth.verifyTitle')}
      lead={t('auth.verifyLead')}
      footer={
        <Link to="/chat" className={textLinkClass}>
          {t('auth.goOn')}
        </Link>
      }
    >
      {isSuccess ? (
        <p role="status">{t('auth.verified')}</p>
      ) : (
        <AuthForm
          submitLabel={t('auth.verify')}
          busy={isPending}
          error={error}
          check={() => ({})}
          onSubmit={() => mutate({ token })}
        >
          {() => null}
        </AuthForm>
      )}
    </AuthPage>
  )
}
