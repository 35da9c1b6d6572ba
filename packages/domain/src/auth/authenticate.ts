import { findUserOfSession } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { verifyAccessToken } from './access-token.ts'

/** The person behind an access token. Throws TOKEN_EXPIRED or UNAUTHORIZED, also when the session was ended since. */
export async function authenticate(deps: Deps, token: string): Promise<Actor> {
  const sessionId = await verifyAccessToken(deps.auth, deps.clock, token)
  const user = await findUserOfSession(deps.db, sessionId)
  if (!user) throw new DomainError('UNAUTHORIZED', 'The session is over. Sign in again.')
  return { userId: user.id, role: user.role, sessionId }
}
