import { limits } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'

export interface Credentials {
  email: string
  password: string
}

export type CredentialErrors = Record<string, string>

/** What is plainly wrong with an address. */
export const checkEmail = (email: string): CredentialErrors =>
  /^\S+@\S+\.\S+$/.test(email.trim()) ? {} : { email: t('auth.needEmail') }

/** What is plainly wrong with a new password, under the name of its field. */
export const checkNewPassword = (name: string, password: string): CredentialErrors =>
  password.length < limits.passwordMin ? { [name]: t('auth.shortPassword', { count: limits.passwordMin }) } : {}

/** What is plainly missing, said before the server is asked. `isNew` also asks the password to be long enough. */
export function checkCredentials({ email, password }: Credentials, isNew: boolean): CredentialErrors {
  if (isNew) return { ...checkEmail(email), ...checkNewPassword('password', password) }
  return { ...checkEmail(email), ...(password === '' && { password: t('auth.needPassword') }) }
}
