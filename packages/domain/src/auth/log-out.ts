import { inTransaction, revokeSession } from '@kickstartmyai/db'
import type { Actor, Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { readRefreshToken } from './refresh-token.ts'

/** Ends the session that the refresh token names, and the caller's own. Never refuses: who is out is out. */
export async function logOut(
  deps: Deps,
  actor: Actor | null,
  token: string | undefined,
  origin: Origin,
): Promise<void> {
  const named = token === undefined ? null : readRefreshToken(deps.auth, token)
  const sessions = new Set([...(named ? [named.sessionId] : []), ...(actor?.sessionId ? [actor.sessionId] : [])])
  await inTransaction(deps.db, async (tx) => {
    for (const sessionId of sessions) {
      if (!(await revokeSession(tx, sessionId))) continue
      const doer = actor ?? { userId: null, origin }
      await writeAudit(deps, tx, doer, { action: 'session.revoked', object: ['session', sessionId] })
    }
  })
}
