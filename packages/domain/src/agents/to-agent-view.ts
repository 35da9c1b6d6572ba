import type { Agent } from '@kickstartmyai/contract'
import type { AgentRow } from '@kickstartmyai/db'
import { allows } from '../policy/scope-of.ts'

export function toAgentView(row: AgentRow): Agent {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    systemPrompt: allows(row.access, 'agent.readPrompt') ? row.system_prompt : null,
    provider: row.provider,
    model: row.model,
    temperature: row.temperature,
    maxTokens: row.max_tokens,
    maxIterations: row.max_iterations,
    tools: row.tools,
    whenBusy: row.when_busy,
    status: row.status,
    access: row.access,
    owner: { id: row.owner_id, fullName: row.owner_name },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
