import type { Actor, Origin } from '../actor.ts'
import { hashApiKeyToken, isApiKeyToken } from '../api-keys/api-key-token.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'

/**
 * The person behind an access token or an API key. Throws TOKEN_EXPIRED or UNAUTHORIZED, also when the session was ended,
 * or the key deleted, since.
 */
export async function authenticate(deps: Deps, token: string, origin: Origin): Promise<Actor> {
  if (isApiKeyToken(token)) return authenticateKey(deps, token, origin)
  const sessionId = await deps.verifyAccessToken(token)
  const user = await deps.lookUps.caller({ sessionId })
  if (!user) throw new DomainError('UNAUTHORIZED', 'The session is over. Sign in again.')
  return { userId: user.id, role: user.role, sessionId, apiKey: null, origin }
}

async function authenticateKey(deps: Deps, token: string, origin: Origin): Promise<Actor> {
  const user = await deps.lookUps.caller({ keyHash: hashApiKeyToken(token) })
  if (!user?.apiKey) throw new DomainError('UNAUTHORIZED', 'The API key is not valid, or not any more.')
  deps.keyUsed(user.apiKey.id)
  return { userId: user.id, role: user.role, sessionId: null, apiKey: user.apiKey, origin }
}
