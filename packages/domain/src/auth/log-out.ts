import { revokeSession } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { readRefreshToken } from './refresh-token.ts'

/** Ends the session that the refresh token names, and the caller's own. Never refuses: who is out is out. */
export async function logOut(deps: Deps, actor: Actor | null, token: string | undefined): Promise<void> {
  const named = token === undefined ? null : readRefreshToken(deps.auth, token)
  if (named) await revokeSession(deps.db, named.sessionId)
  if (actor?.sessionId) await revokeSession(deps.db, actor.sessionId)
}
