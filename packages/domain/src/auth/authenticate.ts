import type { Actor, Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'

/** The person behind an access token. Throws TOKEN_EXPIRED or UNAUTHORIZED, also when the session was ended since. */
export async function authenticate(deps: Deps, token: string, origin: Origin): Promise<Actor> {
  const sessionId = await deps.verifyAccessToken(token)
  const user = await deps.lookUps.userOfSession(sessionId)
  if (!user) throw new DomainError('UNAUTHORIZED', 'The session is over. Sign in again.')
  return { userId: user.id, role: user.role, sessionId, origin }
}
