import type {
  AgentId,
  ConversationId,
  ExecutionId,
  MessageId,
  MessagePart,
  MessageRole,
  Usage,
} from '@kickstartmyai/contract'
import type { Generated, JSONColumnType } from 'kysely'

export interface MessageTable {
  id: MessageId
  conversation_id: ConversationId
  parent_id: MessageId | null
  role: MessageRole
  parts: JSONColumnType<MessagePart[]>
  parts_version: number
  complete: Generated<boolean>
  execution_id: ExecutionId | null
  agent_id: AgentId | null
  usage: JSONColumnType<Usage> | null
  created_at: Generated<Date>
}
