import { z } from 'zod'
import { ExecutionOrigin } from './execution-origin.ts'
import { AgentId, ConversationId, ExecutionId, MessageId, StepId } from './ids.ts'
import { Message } from './message.ts'
import { PageQuery } from './page.ts'
import { Timestamp } from './time.ts'
import { Usage } from './usage.ts'

export const ExecutionStatus = z.enum(['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled', 'timed_out'])
export type ExecutionStatus = z.infer<typeof ExecutionStatus>

/** Why an execution did not complete. Closed, like the codes of requests. */
export const ExecutionErrorCode = z.enum([
  'MODEL_RATE_LIMITED',
  'MODEL_OVERLOADED',
  'MODEL_UNAVAILABLE',
  'MODEL_AUTH_FAILED',
  'MODEL_REJECTED_REQUEST',
  'MODEL_CONTEXT_OVERFLOW',
  'MODEL_STREAM_CUT',
  'MODEL_STALLED',
  'MODEL_MALFORMED',
  'MODEL_EMPTY',
  'MODEL_REFUSED',
  'MODEL_QUOTA_EXCEEDED',
  'MODEL_NOT_CONFIGURED',
  'MAX_ITERATIONS',
  'TIMED_OUT',
  'INTERRUPTED',
  'ACCOUNT_CLOSED',
  'INTERNAL',
])
export type ExecutionErrorCode = z.infer<typeof ExecutionErrorCode>

export const ExecutionError = z.object({ code: ExecutionErrorCode, message: z.string() })
export type ExecutionError = z.infer<typeof ExecutionError>

/** One run of an agent on one user message. */
export const Execution = z.object({
  id: ExecutionId,
  conversationId: ConversationId,
  agentId: AgentId.nullable(),
  /** The user's message that is answered. */
  messageId: MessageId,
  /** The answer, once the execution has ended with one. */
  answerMessageId: MessageId.nullable(),
  status: ExecutionStatus,
  provider: z.string().nullable(),
  model: z.string().nullable(),
  error: ExecutionError.nullable(),
  usage: Usage,
  attempts: z.number().int(),
  /** The highest event sequence number so far. */
  lastSeq: z.number().int(),
  /** Null for one that a message set off. */
  origin: ExecutionOrigin.nullable(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
})
export type Execution = z.infer<typeof Execution>

/** What a person says to a tool call that was held for them. */
export const ApprovalDecision = z.enum(['approve', 'deny'])
export type ApprovalDecision = z.infer<typeof ApprovalDecision>

export const ExecutionStep = z.object({
  id: StepId,
  name: z.string(),
  kind: z.enum(['model', 'tool']),
  /** `awaiting`: a tool call that has not run, because its agent's policy has a person decide first. */
  state: z.enum(['awaiting', 'started', 'done', 'unknown', 'failed']),
  /** What a person decided; null for a step that nobody was, or is yet, asked about. */
  decision: ApprovalDecision.nullable(),
  decidedAt: Timestamp.nullable(),
  input: z.unknown(),
  result: z.unknown(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
})
export type ExecutionStep = z.infer<typeof ExecutionStep>

export const SendResult = z.object({ message: Message, execution: Execution })
export type SendResult = z.infer<typeof SendResult>

export const ExecutionRef = z.strictObject({ executionId: ExecutionId })

/** `stepId` is that of the event `approval.requested`. */
export const ApproveStepInput = z.strictObject({
  executionId: ExecutionId,
  stepId: StepId,
  decision: ApprovalDecision,
})
export type ApproveStepInput = z.infer<typeof ApproveStepInput>

export const ListExecutionsInput = PageQuery.extend({
  conversationId: ConversationId.optional(),
  agentId: AgentId.optional(),
  status: ExecutionStatus.optional(),
})
export type ListExecutionsInput = z.infer<typeof ListExecutionsInput>

/** `lastEventId`: the last sequence number the follower has; it gets exactly what comes after. */
export const FollowExecutionInput = z.strictObject({
  executionId: ExecutionId,
  lastEventId: z.coerce.number<number>().int().min(0).optional(),
})
export type FollowExecutionInput = z.infer<typeof FollowExecutionInput>

/** True when nothing more will happen to an execution of this status. */
export function isTerminal(status: ExecutionStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'timed_out'
}
