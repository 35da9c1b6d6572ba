import { DomainError } from '../domain-error.ts'
import { commonPasswords } from './common-passwords.generated.ts'

const common = new Set(commonPasswords.split('\n'))

/** Refuses a password that is among the first that anybody would try. Throws VALIDATION_FAILED for the named field. */
export function checkNewPassword(password: string, email: string, field: 'password' | 'newPassword'): void {
  const plain = password.toLowerCase()
  const isGuessed = common.has(plain) || plain === email || plain === email.split('@', 1)[0] || /^(.)\1*$/.test(plain)
  if (!isGuessed) return
  const message = 'This password is among the first that anybody would try. Choose another, best a few random words.'
  throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: field, message }] })
}
