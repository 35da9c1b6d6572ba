import type { Agent, UpdateAgentInput } from '@kickstartmyai/contract'
import { updateAgent as updateRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { checkGrants } from './check-grants.ts'
import { toAgentView } from './to-agent-view.ts'

/** Changes what the input names. Runs that have begun keep the settings with which they began. */
export async function updateAgent(deps: Deps, actor: Actor, input: UpdateAgentInput): Promise<Agent> {
  if (input.tools) checkGrants(deps, input.tools)
  const row = await updateRow(deps.db, actor.userId, input.agentId, {
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
  })
  if (!row) throw notFound('agent')
  return toAgentView(row)
}
