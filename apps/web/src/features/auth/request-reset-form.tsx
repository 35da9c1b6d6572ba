import { trpc } from '@kickstartmyai/client/react'
import { t } from '../../i18n/t.ts'
import { AuthForm } from './auth-form.tsx'
import { checkEmail } from './check-credentials.ts'
import { EmailField } from './credential-fields.tsx'

/** Asks for the link by which a new password is chosen. Says the same whether or not there is such an account. */
export function RequestResetForm() {
  const { mutate, isPending, error, isSuccess } = trpc.auth.requestPasswordReset.useMutation()
  if (isSuccess) return <p role="status">{t('auth.resetSent')}</p>
  return (
    <AuthForm
      submitLabel={t('auth.sendResetLink')}
      busy={isPending}
      error={error}
      check={(read) => checkEmail(read('email'))}
      onSubmit={(read) => mutate({ email: read('email').trim() })}
    >
      {(errors) => <EmailField error={errors['email']} />}
    </AuthForm>
  )
}
