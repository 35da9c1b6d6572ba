import type { AuthSession, LoginInput } from '@kickstartmyai/contract'
import { findUserByEmail, inTransaction } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { openSession } from './open-session.ts'
import { verifyPassword } from './password.ts'

/** Signs a person in. Throws INVALID_CREDENTIALS, with the same words and after the same time, for whatever is wrong. */
export async function logIn(deps: Deps, input: LoginInput, origin: Origin): Promise<AuthSession> {
  const user = await findUserByEmail(deps.db, input.email)
  const matches = await verifyPassword(user?.password_hash, input.password)
  if (!user || !matches) {
    await writeAudit(deps, deps.db, { userId: null, origin }, { action: 'session.refused' })
    throw new DomainError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.')
  }
  return inTransaction(deps.db, (tx) => openSession(deps, tx, user, origin))
}
