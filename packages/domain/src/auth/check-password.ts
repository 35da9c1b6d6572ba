import { findUser, type UserRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { guardGuess } from '../limits/guard-guess.ts'
import { verifyPassword } from './password.ts'

type PasswordDeps = Pick<Deps, 'db' | 'newId' | 'auth' | 'limiter' | 'passwordGate'>

/**
 * Asks a signed-in person once more for their password. Gives the person. Throws INVALID_CREDENTIALS, and RATE_LIMITED to
 * whoever guesses with a session that they have got hold of.
 */
export async function checkPassword(deps: PasswordDeps, actor: Actor, password: string | undefined): Promise<UserRow> {
  const user = await findUser(deps.db, actor.userId)
  if (!user) throw notFound('user')
  const guess = { at: 'password', account: user.email, userId: user.id, origin: actor.origin } as const
  const matches = await guardGuess(deps, guess, async (who) =>
    (await verifyPassword(deps, user.password_hash, password ?? '', who)) ? true : null,
  )
  if (matches) return user
  await writeAudit(deps, deps.db, actor, { action: 'session.refused', object: ['user', actor.userId] })
  throw new DomainError('INVALID_CREDENTIALS', 'The password is wrong.')
}
