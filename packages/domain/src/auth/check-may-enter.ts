import type { UserRow } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'

/** Throws ACCOUNT_SUSPENDED or EMAIL_NOT_VERIFIED. To be asked only after a person has shown that they know the password. */
export function checkMayEnter({ accounts }: Pick<Deps, 'accounts'>, user: UserRow): void {
  if (user.status !== 'active') {
    throw new DomainError('ACCOUNT_SUSPENDED', 'This account is suspended. Ask an administrator.')
  }
  if (accounts.emailVerification === 'required' && user.email_verified_at === null) {
    throw emailNotVerified()
  }
}

export const emailNotVerified = () =>
  new DomainError(
    'EMAIL_NOT_VERIFIED',
    'Confirm your e-mail address first: follow the link in the mail that was sent to it, then sign in.',
  )
