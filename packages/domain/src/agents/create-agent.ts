import type { Agent, AgentId, CreateAgentInput } from '@kickstartmyai/contract'
import { inTransaction, insertAgent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { checkGrants } from './check-grants.ts'
import { toAgentView } from './to-agent-view.ts'

export async function createAgent(deps: Deps, actor: Actor, input: CreateAgentInput): Promise<Agent> {
  checkGrants(deps, input.tools)
  const agent = {
    id: deps.newId() as AgentId,
    owner_id: actor.userId,
    name: input.name,
    description: input.description,
    system_prompt: input.systemPrompt,
    provider: input.provider,
    model: input.model,
    temperature: input.temperature,
    max_tokens: input.maxTokens,
    max_iterations: input.maxIterations,
    tools: JSON.stringify(input.tools),
    when_busy: input.whenBusy,
    status: input.status,
  }
  return inTransaction(deps.db, async (tx) => {
    const row = await insertAgent(tx, agent)
    await writeAudit(deps, tx, actor, { action: 'agent.created', object: ['agent', row.id] })
    return toAgentView(row)
  })
}
