import type { AuthSession } from '@kickstartmyai/contract'
import { findUser, inTransaction, lockSession, revokeSession, rotateSession } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { sessionEnd, toAuthSession } from './open-session.ts'
import { readRefreshToken } from './refresh-token.ts'

/**
 * Trades a refresh token for new tokens. The token before the current one is answered with the current one during the
 * grace; an older one was stolen from somebody, and ends the session. Throws UNAUTHORIZED.
 */
export async function refreshSession(deps: Deps, token: string | undefined): Promise<AuthSession> {
  const named = token === undefined ? null : readRefreshToken(deps.auth, token)
  if (!named) throw refused()
  // A refusal is returned, not thrown: the transaction that revokes must commit.
  const session = await inTransaction(deps.db, async (tx) => {
    const row = await lockSession(tx, named.sessionId)
    if (!row) return null
    const user = await findUser(tx, row.user_id)
    if (user?.status !== 'active') return null
    if (named.generation === row.generation) {
      await rotateSession(tx, row.id, sessionEnd(deps))
      return toAuthSession(deps, user, row.id, row.generation + 1)
    }
    const inGrace = row.rotatedMsAgo !== null && row.rotatedMsAgo <= deps.auth.refreshGraceSeconds * 1000
    if (named.generation === row.generation - 1 && inGrace) return toAuthSession(deps, user, row.id, row.generation)
    await revokeSession(tx, row.id)
    deps.log.warn({ sessionId: row.id, userId: row.user_id }, 'a spent refresh token was used: session revoked')
    return null
  })
  if (!session) throw refused()
  return session
}

function refused(): DomainError {
  return new DomainError('UNAUTHORIZED', 'The session is over. Sign in again.')
}
