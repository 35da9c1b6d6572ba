import type { Conversation } from '@kickstartmyai/contract'
import type { ConversationRow } from '@kickstartmyai/db'

export function toConversationView(row: ConversationRow): Conversation {
  return {
    id: row.id,
    title: row.title,
    titleSource: row.title_source,
    agentId: row.agent_id,
    activeExecutionId: row.active_execution_id,
    access: row.access,
    owner: { id: row.owner_id, fullName: row.owner_name },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    lastMessageAt: row.last_message_at?.toISOString() ?? null,
  }
}
