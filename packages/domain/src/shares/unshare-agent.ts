import type { AgentId, Principal } from '@kickstartmyai/contract'
import { inTransaction, lockAgent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { agentRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { unshareThing } from './share-thing.ts'

/** Withdraws a share of the agent. What was begun by it goes on; nothing new begins. Throws NOT_FOUND, FORBIDDEN. */
export async function unshareAgent(
  deps: Deps,
  actor: Actor,
  { agentId, principal }: { agentId: AgentId; principal: Principal },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const row = await lockAgent(tx, scopeOf(actor, 'agent.share'), agentId)
    if (!row) throw await agentRefusal({ db: tx }, actor, agentId)
    await unshareThing(deps, tx, actor, { noun: 'agent', id: row.id, ownerId: row.owner_id }, principal)
  })
}
