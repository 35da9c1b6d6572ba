import type { AgentId, Share } from '@kickstartmyai/contract'
import { findAgent, listGrants } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { agentRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { toShareView } from './to-share-view.ts'

/** With whom the agent is shared, for those who may share it. Throws NOT_FOUND, FORBIDDEN. */
export async function listAgentShares(deps: Deps, actor: Actor, agentId: AgentId): Promise<{ items: Share[] }> {
  if (!(await findAgent(deps.db, scopeOf(actor, 'agent.share'), agentId)))
    throw await agentRefusal(deps, actor, agentId)
  const rows = await listGrants(deps.db, 'agent', agentId)
  return { items: rows.map(toShareView) }
}
