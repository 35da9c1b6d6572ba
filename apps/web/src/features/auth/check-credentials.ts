import { limits } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'

export interface Credentials {
  email: string
  password: string
}

export type CredentialErrors = Partial<Record<keyof Credentials | 'fullName', string>>

/** What is plainly missing, said before the server is asked. `isNew` also asks the password to be long enough. */
export function checkCredentials({ email, password }: Credentials, isNew: boolean): CredentialErrors {
  const errors: CredentialErrors = {}
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) errors.email = t('auth.needEmail')
  if (isNew && password.length < limits.passwordMin)
    errors.password = t('auth.shortPassword', { count: limits.passwordMin })
  else if (password === '') errors.password = t('auth.needPassword')
  return errors
}
