import type { ExecutionEventBody } from '@kickstartmyai/contract'
import type { ExecutionRow } from '@kickstartmyai/db'

type Begun = Pick<ExecutionRow, 'id' | 'conversation_id' | 'agent_id' | 'message_id'>

/** The first event of an execution. */
export function started(row: Begun, model: { provider: string; id: string }): ExecutionEventBody {
  return {
    type: 'execution.started',
    executionId: row.id,
    conversationId: row.conversation_id,
    agentId: row.agent_id,
    messageId: row.message_id,
    provider: model.provider,
    model: model.id,
  }
}
