import type { AgentId, ConversationId, TitleSource, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface ConversationTable {
  id: ConversationId
  owner_id: UserId
  agent_id: AgentId | null
  title: string
  title_source: Generated<TitleSource>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  last_message_at: Date | null
}
