import type { AgentId } from '@kickstartmyai/contract'
import { deleteAgent as deleteRow, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { agentRefusal } from '../policy/refusal.ts'

/** Deletes an agent. Conversations with it stay readable; runs that have begun go on. Throws NOT_FOUND, FORBIDDEN. */
export function deleteAgent(deps: Deps, actor: Actor, agentId: AgentId): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await deleteRow(tx, scopeOf(actor, 'agent.delete'), agentId))) {
      throw await agentRefusal({ db: tx }, actor, agentId)
    }
    await writeAudit(deps, tx, actor, { action: 'agent.deleted', object: ['agent', agentId] })
  })
}
