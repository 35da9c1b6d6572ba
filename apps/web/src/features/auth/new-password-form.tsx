import { trpc } from '@kickstartmyai/client/react'
import { t } from '../../i18n/t.ts'
import { AuthForm } from './auth-form.tsx'
import { checkNewPassword } from './check-credentials.ts'
import { PasswordField } from './credential-fields.tsx'

/** Chooses a new password with the token that was mailed. */
export function NewPasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { mutate, isPending, error } = trpc.auth.confirmPasswordReset.useMutation({ onSuccess: onDone })
  return (
    <AuthForm
      submitLabel={t('auth.setPassword')}
      busy={isPending}
      error={error}
      check={(read) => checkNewPassword('newPassword', read('newPassword'))}
      onSubmit={(read) => mutate({ token, newPassword: read('newPassword') })}
    >
      {(errors) => (
        <PasswordField isNew name="newPassword" label={t('auth.newPassword')} error={errors['newPassword']} />
      )}
    </AuthForm>
  )
}
