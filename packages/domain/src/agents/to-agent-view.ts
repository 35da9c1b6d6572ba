import type { Agent } from '@kickstartmyai/contract'
import type { AgentRow } from '@kickstartmyai/db'

export function toAgentView(row: AgentRow): Agent {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    systemPrompt: row.system_prompt,
    provider: row.provider,
    model: row.model,
    temperature: row.temperature,
    maxTokens: row.max_tokens,
    maxIterations: row.max_iterations,
    tools: row.tools,
    whenBusy: row.when_busy,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
