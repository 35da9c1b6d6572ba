import { z } from 'zod'
import { ApprovalDecision, ExecutionError } from './execution.ts'
import { AgentId, ConversationId, ExecutionId, MessageId, StepId } from './ids.ts'
import { Message } from './message.ts'
import { Usage } from './usage.ts'

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape })

/**
 * Everything that a follower of an execution can hear, version 1. A later version of a type adds fields; a change of
 * meaning is a new type, so that a follower may pass over what it does not know.
 */
export const ExecutionEventBody = z.discriminatedUnion('type', [
  event('execution.started', {
    executionId: ExecutionId,
    conversationId: ConversationId,
    agentId: AgentId.nullable(),
    messageId: MessageId,
    provider: z.string(),
    model: z.string(),
  }),
  /** A model step begins. With `attempt` above 1 everything since the same `step` began before is void. */
  event('attempt.started', { step: z.number().int(), attempt: z.number().int() }),
  event('text.delta', { text: z.string() }),
  event('reasoning.delta', { text: z.string() }),
  event('tool.called', { callId: z.string(), name: z.string(), input: z.unknown() }),
  event('tool.completed', { callId: z.string(), name: z.string(), output: z.unknown(), durationMs: z.number() }),
  event('tool.failed', {
    callId: z.string(),
    name: z.string(),
    error: z.object({ code: z.string(), message: z.string() }),
    durationMs: z.number(),
  }),
  /** The call does not run before a person has decided; when nothing else runs, the execution waits. */
  event('approval.requested', { stepId: StepId, callId: z.string(), name: z.string(), input: z.unknown() }),
  /** A person has decided; `tool.completed` or `tool.failed` follows when the call has run, or was refused. */
  event('approval.decided', { stepId: StepId, callId: z.string(), name: z.string(), decision: ApprovalDecision }),
  /** The execution's totals so far. */
  event('usage.updated', { usage: Usage }),
  event('message.completed', { message: Message }),
  event('execution.completed', { usage: Usage }),
  /** `message` holds the partial answer, if there was any text. */
  event('execution.failed', { error: ExecutionError, message: Message.nullable(), usage: Usage }),
  event('execution.cancelled', { message: Message.nullable(), usage: Usage }),
])
export type ExecutionEventBody = z.infer<typeof ExecutionEventBody>
export type ExecutionEventType = ExecutionEventBody['type']

/** An event in its place: `seq` counts from 1 within the execution, never restarts and is never used twice. */
export type ExecutionEvent = ExecutionEventBody & { seq: number }

const terminal: ReadonlySet<string> = new Set<ExecutionEventType>([
  'execution.completed',
  'execution.failed',
  'execution.cancelled',
])

/** True for the event after which a stream ends. */
export function isTerminalEvent(type: string): boolean {
  return terminal.has(type)
}
