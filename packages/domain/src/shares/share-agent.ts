import type { GrantLevel, Principal, Share, AgentId } from '@kickstartmyai/contract'
import { inTransaction, lockAgent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { agentRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { shareThing } from './share-thing.ts'

interface ShareInput {
  agentId: AgentId
  principal: Principal
  level: GrantLevel
}

/**
 * Lets a person, a group or everyone at an agent, as far as the level goes. Throws NOT_FOUND (the agent, the user or the group),
 * FORBIDDEN, VALIDATION_FAILED, LIMIT_EXCEEDED.
 */
export async function shareAgent(deps: Deps, actor: Actor, input: ShareInput): Promise<Share> {
  const { agentId, principal, level } = input
  return inTransaction(deps.db, async (tx) => {
    const row = await lockAgent(tx, scopeOf(actor, 'agent.share'), agentId)
    if (!row) throw await agentRefusal({ db: tx }, actor, agentId)
    return shareThing(deps, tx, actor, { noun: 'agent', id: row.id, ownerId: row.owner_id }, principal, level)
  })
}
