import type {
  AgentId,
  ConversationId,
  ExecutionErrorCode,
  ExecutionId,
  ExecutionStatus,
  OriginChange,
  MessageId,
  ToolGrant,
  UserId,
} from '@kickstartmyai/contract'
import type { Generated, JSONColumnType } from 'kysely'

/** The agent as it was when the message was sent; a later edit of the agent does not change a run. */
export interface ExecutionSettings {
  systemPrompt: string
  temperature: number | null
  maxTokens: number | null
  maxIterations: number
  tools: ToolGrant[]
}

export interface ExecutionTable {
  id: ExecutionId
  owner_id: UserId
  conversation_id: ConversationId
  agent_id: AgentId | null
  message_id: MessageId
  parent_execution_id: Generated<ExecutionId | null>
  status: Generated<ExecutionStatus>
  settings: JSONColumnType<ExecutionSettings>
  provider: string | null
  model: string | null
  client_key: string | null
  body_hash: string
  /** Raised by every claim; a write that carries an older one is refused. */
  epoch: Generated<number>
  /** The process that holds the lease. */
  owner: Generated<string | null>
  lease_until: Generated<Date | null>
  attempts: Generated<number>
  cancel_requested_at: Generated<Date | null>
  not_before: Generated<Date | null>
  deadline: Generated<Date | null>
  last_seq: Generated<number>
  error_code: Generated<ExecutionErrorCode | null>
  error_message: Generated<string | null>
  input_tokens: Generated<number>
  output_tokens: Generated<number>
  cached_input_tokens: Generated<number>
  reasoning_tokens: Generated<number>
  /** The execution that this one goes on from; gone with that one. */
  origin_execution_id: Generated<ExecutionId | null>
  origin_kind: Generated<'retry' | 'fork' | null>
  /** How many model steps it shares with its origin. */
  origin_step: Generated<number | null>
  origin_change: JSONColumnType<OriginChange> | null
  created_at: Generated<Date>
  started_at: Generated<Date | null>
  ended_at: Generated<Date | null>
}
