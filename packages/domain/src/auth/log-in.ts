import type { AuthSession, LoginInput } from '@kickstartmyai/contract'
import { findUserByEmail, inTransaction, lockUser } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { guardGuess } from '../limits/guard-guess.ts'
import { checkMayEnter } from './check-may-enter.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import { openSession } from './open-session.ts'
import { verifyPassword } from './password.ts'

/**
 * Signs a person in. Throws INVALID_CREDENTIALS, with the same words and after the same time, for whatever is wrong; to
 * who knows the password also ACCOUNT_SUSPENDED, EMAIL_NOT_VERIFIED, TOTP_REQUIRED, and RATE_LIMITED to whoever guesses.
 */
export async function logIn(deps: Deps, input: LoginInput, origin: Origin): Promise<AuthSession> {
  const known = await findUserByEmail(deps.db, input.email)
  const guess = { at: 'password', account: input.email.toLowerCase(), userId: known?.id, origin } as const
  const user = await guardGuess(deps, guess, async (who) => {
    const matches = await verifyPassword(deps, known?.password_hash, input.password, who)
    return known && matches && known.status !== 'leaving' ? known : null
  })
  if (!user) {
    await writeAudit(deps, deps.db, { userId: null, origin }, { action: 'session.refused' })
    throw wrongCredentials()
  }
  checkMayEnter(deps, user)
  await checkSecondFactor(deps, user.id, input, origin)
  return inTransaction(deps.db, async (tx) => {
    // The password may have been changed meanwhile, or the account closed, and all its sessions ended.
    const now = await lockUser(tx, user.id)
    if (now?.password_hash !== user.password_hash) throw wrongCredentials()
    checkMayEnter(deps, now)
    return openSession(deps, tx, now, origin)
  })
}

const wrongCredentials = () => new DomainError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.')
