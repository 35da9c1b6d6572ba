import type { Agent, UpdateAgentInput } from '@kickstartmyai/contract'
import { inTransaction, updateAgent as updateRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { checkGrants } from './check-grants.ts'
import { toAgentView } from './to-agent-view.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { agentRefusal } from '../policy/refusal.ts'

/** Changes what the input names. Runs that have begun keep the settings with which they began. Throws NOT_FOUND, FORBIDDEN. */
export async function updateAgent(deps: Deps, actor: Actor, input: UpdateAgentInput): Promise<Agent> {
  if (input.tools) checkGrants(deps, input.tools)
  const { agentId, ...asked } = input
  const changes = {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.systemPrompt !== undefined && { system_prompt: input.systemPrompt }),
    ...(input.provider !== undefined && { provider: input.provider }),
    ...(input.model !== undefined && { model: input.model }),
    ...(input.temperature !== undefined && { temperature: input.temperature }),
    ...(input.maxTokens !== undefined && { max_tokens: input.maxTokens }),
    ...(input.maxIterations !== undefined && { max_iterations: input.maxIterations }),
    ...(input.tools !== undefined && { tools: JSON.stringify(input.tools) }),
    ...(input.whenBusy !== undefined && { when_busy: input.whenBusy }),
    ...(input.status !== undefined && { status: input.status }),
  }
  return inTransaction(deps.db, async (tx) => {
    const row = await updateRow(tx, scopeOf(actor, 'agent.update'), agentId, changes)
    if (!row) throw await agentRefusal({ db: tx }, actor, agentId)
    const details = { fields: Object.keys(asked) }
    await writeAudit(deps, tx, actor, { action: 'agent.updated', object: ['agent', agentId], details })
    return toAgentView(row)
  })
}
