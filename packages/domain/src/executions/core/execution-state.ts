import type { ApprovalDecision, ExecutionStatus } from '@kickstartmyai/contract'

/** A step as the core sees it: what it may do next depends on nothing else. */
export interface StepState {
  state: 'awaiting' | 'started' | 'done' | 'failed' | 'unknown'
  /** What a person decided about a tool call that is held for them; null before that, and where nobody is asked. */
  decision: ApprovalDecision | null
}

/** Everything about an execution that decides what may happen to it next. */
export interface ExecutionState {
  status: ExecutionStatus
  /** Raised by every claim and by a cancel that ends it; whoever carries an older one may write nothing. */
  epoch: number
  /** The process that holds the lease. */
  owner: string | null
  /** When the lease runs out, in milliseconds on the database's clock. */
  leaseUntil: number | null
  /** How often it was taken up without having been handed back. */
  attempts: number
  cancelRequested: boolean
  /** The number of its newest event. */
  lastSeq: number
  steps: Readonly<Record<string, StepState>>
}
