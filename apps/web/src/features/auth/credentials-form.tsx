import { t } from '../../i18n/t.ts'
import { AuthForm } from './auth-form.tsx'
import { checkCredentials } from './check-credentials.ts'
import { EmailField, NameField, PasswordField } from './credential-fields.tsx'

export interface CredentialsInput {
  email: string
  password: string
  fullName?: string
}

interface CredentialsFormProps {
  isNew: boolean
  busy: boolean
  error: unknown
  onSubmit: (input: CredentialsInput) => void
}

/** E-mail and password, and for a new account a name. */
export const CredentialsForm = ({ isNew, busy, error, onSubmit }: CredentialsFormProps) => (
  <AuthForm
    submitLabel={isNew ? t('auth.signUp') : t('auth.signIn')}
    busy={busy}
    error={error}
    check={(read) => checkCredentials({ email: read('email').trim(), password: read('password') }, isNew)}
    onSubmit={(read) => {
      const fullName = read('fullName').trim()
      onSubmit({ email: read('email').trim(), password: read('password'), ...(fullName && { fullName }) })
    }}
  >
    {(errors) => (
      <>
        {isNew && <NameField error={errors['fullName']} />}
        <EmailField error={errors['email']} />
        <PasswordField isNew={isNew} error={errors['password']} />
      </>
    )}
  </AuthForm>
)
