import { inTransaction, revokeSessions } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'

/** Ends all sessions of the caller but this one. */
export function endOtherSessions(deps: Deps, actor: Actor): Promise<void> {
  return end(deps, actor, actor.sessionId)
}

/** Signs the caller out everywhere, here too. */
export function logOutEverywhere(deps: Deps, actor: Actor): Promise<void> {
  return end(deps, actor, null)
}

function end(deps: Deps, actor: Actor, except: Actor['sessionId'] | null): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    const sessions = await revokeSessions(tx, actor.userId, except)
    const object = ['user', actor.userId] as const
    await writeAudit(deps, tx, actor, { action: 'sessions.revoked', object, details: { sessions } })
  })
}
