import type { AgentId } from '@kickstartmyai/contract'
import { deleteAgent as deleteRow, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Deletes an agent. Conversations with it stay readable. */
export function deleteAgent(deps: Deps, actor: Actor, agentId: AgentId): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await deleteRow(tx, actor.userId, agentId))) throw notFound('agent')
    await writeAudit(deps, tx, actor, { action: 'agent.deleted', object: ['agent', agentId] })
  })
}
