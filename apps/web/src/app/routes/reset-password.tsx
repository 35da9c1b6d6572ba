import { createLazyRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { AuthPage } from '../../features/auth/auth-page.tsx'
import { NewPasswordForm } from '../../features/auth/new-password-form.tsx'
import { RequestResetForm } from '../../features/auth/request-reset-form.tsx'
import { t } from '../../i18n/t.ts'
import { textLinkClass } from '../../ui/text-link.ts'
import { useLinkToken } from '../use-link-token.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/reset-password')({ component: ResetPasswordRoute })

/** Asks for a link, or, where the link leads, for the new password. */
function ResetPasswordRoute() {
  useTitle(t('auth.resetTitle'))
  const token = useLinkToken()
  const [isDone, setDone] = useState(false)
  return (
    <AuthPage
      title={token ? t('auth.newPasswordTitle') : t('auth.resetTitle')}
      lead={token ? t('auth.newPasswordLead') : t('auth.resetLead')}
      footer={
        <Link to="/sign-in" className={textLinkClass}>
          {t('auth.signIn')}
        </Link>
      }
    >
      {isDone && <p role="status">{t('auth.passwordSet')}</p>}
      {!isDone && (token ? <NewPasswordForm token={token} onDone={() => setDone(true)} /> : <RequestResetForm />)}
    </AuthPage>
  )
}
