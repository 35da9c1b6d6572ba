import type { AgentId } from '@kickstartmyai/contract'
import { deleteAgent as deleteRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Deletes an agent. Conversations with it stay readable. */
export async function deleteAgent(deps: Deps, actor: Actor, agentId: AgentId): Promise<void> {
  if (!(await deleteRow(deps.db, actor.userId, agentId))) throw notFound('agent')
}
