import type { Execution } from '@kickstartmyai/contract'
import type { ExecutionWithAnswer } from '@kickstartmyai/db'

export function toExecutionView(row: ExecutionWithAnswer): Execution {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    agentId: row.agent_id,
    messageId: row.message_id,
    answerMessageId: row.answer_message_id,
    status: row.status,
    provider: row.provider,
    model: row.model,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    usage: {
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      cachedInputTokens: row.cached_input_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    attempts: row.attempts,
    lastSeq: row.last_seq,
    origin:
      row.origin_kind === null
        ? null
        : {
            kind: row.origin_kind,
            executionId: row.origin_execution_id,
            step: row.origin_step ?? 0,
            change: row.origin_change,
          },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
