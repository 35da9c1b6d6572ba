import type { AuthSession, LoginInput } from '@kickstartmyai/contract'
import { findUserByEmail, inTransaction } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { guardGuess } from '../limits/guard-guess.ts'
import { openSession } from './open-session.ts'
import { verifyPassword } from './password.ts'

/**
 * Signs a person in. Throws INVALID_CREDENTIALS, with the same words and after the same time, for whatever is wrong, and
 * RATE_LIMITED for whoever guesses.
 */
export async function logIn(deps: Deps, input: LoginInput, origin: Origin): Promise<AuthSession> {
  const known = await findUserByEmail(deps.db, input.email)
  const guess = { at: 'password', account: input.email.toLowerCase(), userId: known?.id, origin } as const
  const user = await guardGuess(deps, guess, async (who) => {
    const matches = await verifyPassword(deps, known?.password_hash, input.password, who)
    return known && matches ? known : null
  })
  if (!user) {
    await writeAudit(deps, deps.db, { userId: null, origin }, { action: 'session.refused' })
    throw new DomainError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.')
  }
  return inTransaction(deps.db, (tx) => openSession(deps, tx, user, origin))
}
