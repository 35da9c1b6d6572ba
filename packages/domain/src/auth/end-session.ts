import type { SessionId } from '@kickstartmyai/contract'
import { findSession, inTransaction, revokeSession } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Ends one of the caller's sessions: the next request with it is refused. Throws NOT_FOUND. */
export async function endSession(deps: Deps, actor: Actor, sessionId: SessionId): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await findSession(tx, actor.userId, sessionId))) throw notFound('session')
    await revokeSession(tx, sessionId)
    await writeAudit(deps, tx, actor, { action: 'session.revoked', object: ['session', sessionId] })
  })
}
