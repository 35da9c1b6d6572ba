import type { AgentId, ExecutionError, ExecutionEvent, Message, MessagePart, Usage } from '@kickstartmyai/contract'

/** What a follower knows of an execution after the events it has heard. */
export interface ExecutionFold {
  lastSeq: number
  status: 'queued' | 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled'
  agentId: AgentId | null
  provider: string | null
  model: string | null
  parts: readonly MessagePart[]
  /** How often the current step was asked of the model; above 1 earlier text of the step was void. */
  attempt: number
  /** Calls that wait for a person's yes. */
  awaiting: readonly string[]
  usage: Usage | null
  error: ExecutionError | null
  /** The stored answer, once there is one. */
  message: Message | null
  /** Where in `parts` each model step began. */
  stepStarts: Readonly<Record<number, number>>
}

export const emptyFold: ExecutionFold = {
  lastSeq: 0,
  status: 'queued',
  agentId: null,
  provider: null,
  model: null,
  parts: [],
  attempt: 1,
  awaiting: [],
  usage: null,
  error: null,
  message: null,
  stepStarts: {},
}

/** The next state. An event that was heard already changes nothing, so replays are harmless. */
export function foldExecution(fold: ExecutionFold, event: ExecutionEvent): ExecutionFold {
  if (event.seq <= fold.lastSeq) return fold
  return { ...fold, lastSeq: event.seq, ...change(fold, event) }
}

function change(fold: ExecutionFold, event: ExecutionEvent): Partial<ExecutionFold> {
  switch (event.type) {
    case 'execution.started':
      return { status: 'running', agentId: event.agentId, provider: event.provider, model: event.model }
    case 'attempt.started': {
      const start = event.attempt > 1 ? (fold.stepStarts[event.step] ?? fold.parts.length) : fold.parts.length
      return {
        status: 'running',
        attempt: event.attempt,
        parts: fold.parts.slice(0, start),
        stepStarts: { ...fold.stepStarts, [event.step]: start },
      }
    }
    case 'text.delta':
      return { parts: append(fold.parts, 'text', event.text) }
    case 'reasoning.delta':
      return { parts: append(fold.parts, 'reasoning', event.text) }
    case 'tool.called': {
      const { callId, name, input } = event
      return { status: 'running', parts: [...fold.parts, { type: 'tool_call', callId, name, input }] }
    }
    case 'tool.completed': {
      const { callId, name, output, durationMs } = event
      return answered(fold, { type: 'tool_result', callId, name, output, durationMs })
    }
    case 'tool.failed': {
      const { callId, name, error, durationMs } = event
      return answered(fold, { type: 'tool_result', callId, name, error, durationMs })
    }
    case 'approval.requested':
      return { status: 'waiting', awaiting: [...fold.awaiting, event.callId] }
    case 'usage.updated':
      return { usage: event.usage }
    case 'message.completed':
      return { message: event.message, parts: event.message.parts }
    case 'execution.completed':
      return { status: 'completed', usage: event.usage }
    case 'execution.failed':
      return { status: 'failed', usage: event.usage, error: event.error, message: event.message }
    case 'execution.cancelled':
      return { status: 'cancelled', usage: event.usage, message: event.message }
    default:
      // A type of a later version: passed over.
      return {}
  }
}

function append(parts: readonly MessagePart[], type: 'text' | 'reasoning', text: string): readonly MessagePart[] {
  const last = parts.at(-1)
  return last?.type === type ? [...parts.slice(0, -1), { type, text: last.text + text }] : [...parts, { type, text }]
}

function answered(fold: ExecutionFold, result: MessagePart & { type: 'tool_result' }): Partial<ExecutionFold> {
  return {
    status: 'running',
    parts: [...fold.parts, result],
    awaiting: fold.awaiting.filter((callId) => callId !== result.callId),
  }
}
