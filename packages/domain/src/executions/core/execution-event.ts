import type { ApprovalDecision, ExecutionStatus } from '@kickstartmyai/contract'

export type TerminalStatus = Extract<ExecutionStatus, 'completed' | 'failed' | 'cancelled' | 'timed_out'>

/** What only the holder of the lease may do: it says which epoch it was given. */
interface Held {
  epoch: number
}

/** Something that one write commits. `events` is how many numbered events go along. */
export type CoreEvent =
  | { type: 'send'; claimant: { owner: string; leaseMs: number } | null }
  | { type: 'cancel' }
  | { type: 'approval_decided'; step: string; decision: ApprovalDecision }
  | { type: 'claim'; owner: string; leaseMs: number }
  | HeldEvent

export type HeldEvent = Held &
  (
    | { type: 'heartbeat'; leaseMs: number }
    | { type: 'flush'; events: number }
    | { type: 'step_finished'; step: string; events: number }
    /** `repeatable`: the tool only reads, so that one whose outcome is unknown may be begun again. */
    | { type: 'tool_called'; step: string; repeatable: boolean; events: number }
    | { type: 'tool_finished'; step: string; ok: boolean; events: number }
    | { type: 'tool_given_up'; step: string; events: number }
    | { type: 'approval_requested'; step: string; events: number }
    | { type: 'waiting' }
    | { type: 'end'; status: TerminalStatus; events: number }
    | { type: 'release' }
  )

/** Why an event may not happen. */
export type Refusal =
  /** It was sent before, or not yet. */
  | 'exists'
  | 'unknown'
  | 'over'
  /** Somebody holds the lease, or it waits for a person. */
  | 'held'
  | 'waiting'
  /** The epoch has moved on, or nobody holds it: whoever tries has lost the lease. */
  | 'lease_lost'
  /** The step is not where this could happen to it. */
  | 'wrong_step'
  /** It cannot begin to wait: a stop was asked for, a decision is to be acted on, or a tool runs or nobody was asked. */
  | 'cancelled'
  | 'decided'
  | 'not_ready'
