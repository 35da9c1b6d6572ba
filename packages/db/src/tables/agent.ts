import type { AgentId, AgentStatus, ProviderName, ToolGrant, UserId, WhenBusy } from '@kickstartmyai/contract'
import type { Generated, JSONColumnType } from 'kysely'

export interface AgentTable {
  id: AgentId
  owner_id: UserId
  name: string
  description: string
  system_prompt: string
  provider: ProviderName | null
  model: string | null
  temperature: number | null
  max_tokens: number | null
  max_iterations: number
  tools: JSONColumnType<ToolGrant[]>
  when_busy: Generated<WhenBusy>
  status: AgentStatus
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
