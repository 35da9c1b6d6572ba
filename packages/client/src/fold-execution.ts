import type {
  AgentId,
  ApprovalDecision,
  ExecutionError,
  ExecutionEvent,
  Message,
  MessagePart,
  StepId,
  Usage,
} from '@kickstartmyai/contract'

/** A tool call that a person was asked about. */
export interface Approval {
  /** What to approve or deny. */
  stepId: StepId
  /** Null: nobody has decided. */
  decision: ApprovalDecision | null
}

/** What a follower knows of an execution after the events it has heard. */
export interface ExecutionState {
  lastSeq: number
  status: 'queued' | 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled'
  agentId: AgentId | null
  provider: string | null
  model: string | null
  /** What has been said so far, in order; what a void attempt said is not in it. */
  parts: readonly MessagePart[]
  /** How often the current step was asked of the model. */
  attempt: number
  /** The ids of tool calls that have no result yet. */
  running: readonly string[]
  /** The ids of tool calls that wait for a person's yes. */
  awaiting: readonly string[]
  /** Tool calls that a person was asked about and that have no result yet, by the ids of the calls. */
  approvals: Readonly<Record<string, Approval>>
  usage: Usage | null
  error: ExecutionError | null
  /** The stored answer, once there is one. */
  message: Message | null
  /** Where in `parts` each model step began. */
  stepStarts: Readonly<Record<number, number>>
  /** Where in `parts` the current step began. */
  stepStart: number
}

export const emptyExecutionState: ExecutionState = {
  lastSeq: 0,
  status: 'queued',
  agentId: null,
  provider: null,
  model: null,
  parts: [],
  attempt: 1,
  running: [],
  awaiting: [],
  approvals: {},
  usage: null,
  error: null,
  message: null,
  stepStarts: {},
  stepStart: 0,
}

/**
 * The state after one more event. Pure; the state that is given stays as it was. An event that was heard before changes
 * nothing, so that a replay is harmless; one of a type from a later version is passed over.
 */
export function foldExecution(state: ExecutionState, event: ExecutionEvent): ExecutionState {
  if (event.seq <= state.lastSeq) return state
  return { ...state, lastSeq: event.seq, ...change(state, event) }
}

function change(state: ExecutionState, event: ExecutionEvent): Partial<ExecutionState> {
  switch (event.type) {
    case 'execution.started':
      return { status: 'running', agentId: event.agentId, provider: event.provider, model: event.model }
    case 'attempt.started':
      return startAttempt(state, event.step, event.attempt)
    case 'text.delta':
      return { parts: append(state, 'text', event.text) }
    case 'reasoning.delta':
      return { parts: append(state, 'reasoning', event.text) }
    case 'tool.called':
      return call(state, { type: 'tool_call', callId: event.callId, name: event.name, input: event.input })
    case 'tool.completed': {
      const { callId, name, output, durationMs } = event
      return settle(state, { type: 'tool_result', callId, name, output, durationMs })
    }
    case 'tool.failed': {
      const { callId, name, error, durationMs } = event
      return settle(state, { type: 'tool_result', callId, name, error, durationMs })
    }
    case 'approval.requested':
      return {
        status: 'waiting',
        awaiting: [...state.awaiting, event.callId],
        approvals: { ...state.approvals, [event.callId]: { stepId: event.stepId, decision: null } },
      }
    case 'approval.decided':
      return decide(state, event.callId, { stepId: event.stepId, decision: event.decision })
    case 'usage.updated':
      return { usage: event.usage }
    case 'message.completed':
      return answer(event.message)
    case 'execution.completed':
      return { ...ended, status: 'completed', usage: event.usage }
    case 'execution.failed':
      return { ...ended, ...answer(event.message), status: 'failed', usage: event.usage, error: event.error }
    case 'execution.cancelled':
      return { ...ended, ...answer(event.message), status: 'cancelled', usage: event.usage }
    default:
      return {}
  }
}

const ended = { running: [], awaiting: [], approvals: {} }

/** What was stored is the truth, whatever was heard. */
function answer(message: Message | null): Partial<ExecutionState> {
  return message ? { message, parts: message.parts } : {}
}

/** A model step begins; asked again, everything since it first began is void. */
function startAttempt(state: ExecutionState, step: number, attempt: number): Partial<ExecutionState> {
  const start = attempt > 1 ? (state.stepStarts[step] ?? state.parts.length) : state.parts.length
  const parts = state.parts.slice(0, start)
  const isKept = (callId: string) => parts.some((part) => part.type === 'tool_call' && part.callId === callId)
  return {
    status: 'running',
    attempt,
    parts,
    running: state.running.filter(isKept),
    awaiting: state.awaiting.filter(isKept),
    approvals: Object.fromEntries(Object.entries(state.approvals).filter(([callId]) => isKept(callId))),
    stepStarts: { ...state.stepStarts, [step]: start },
    stepStart: start,
  }
}

/** Text goes on where it left off, but never in the part of an earlier step, which may have to stay without it. */
function append(state: ExecutionState, type: 'text' | 'reasoning', text: string): readonly MessagePart[] {
  const { parts, stepStart } = state
  const last = parts.length > stepStart ? parts.at(-1) : undefined
  return last?.type === type ? [...parts.slice(0, -1), { type, text: last.text + text }] : [...parts, { type, text }]
}

/** After a crash of the server a call that has no result yet is told again. */
function call(state: ExecutionState, part: MessagePart & { type: 'tool_call' }): Partial<ExecutionState> {
  if (state.running.includes(part.callId)) return { status: 'running' }
  return { status: 'running', parts: [...state.parts, part], running: [...state.running, part.callId] }
}

/** It goes on when the last of the calls that it was held for is decided. */
function decide(state: ExecutionState, callId: string, approval: Approval): Partial<ExecutionState> {
  const awaiting = state.awaiting.filter((id) => id !== callId)
  const approvals = { ...state.approvals, [callId]: approval }
  return { status: awaiting.length > 0 ? 'waiting' : 'running', awaiting, approvals }
}

function settle(state: ExecutionState, result: MessagePart & { type: 'tool_result' }): Partial<ExecutionState> {
  const isOther = (callId: string) => callId !== result.callId
  const awaiting = state.awaiting.filter(isOther)
  return {
    status: awaiting.length > 0 ? 'waiting' : 'running',
    parts: [...state.parts, result],
    running: state.running.filter(isOther),
    awaiting,
    approvals: Object.fromEntries(Object.entries(state.approvals).filter(([callId]) => isOther(callId))),
  }
}
