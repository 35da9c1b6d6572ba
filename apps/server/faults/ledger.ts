import type { ExecutionEvent } from '@kickstartmyai/contract'

/** A send that the server has acknowledged. */
export interface AcknowledgedSend {
  conversationId: string
  messageId: string
  executionId: string
  /** Stands in the message, so that the model's requests can be told apart. */
  tag: string
  /** It goes on from another execution: `retry` has no message and no tag of its own. */
  kind: 'send' | 'retry' | 'fork'
}

/** What one follower was told, in the order in which it was told. */
export interface FollowerLog {
  follower: string
  executionId: string
  /** The last event that it had before. */
  after: number
  events: ExecutionEvent[]
  /** Whether it stayed until it was told the end. */
  stayed: boolean
}

/** What clients saw in a trial: the invariants hold it against the database. */
export interface Ledger {
  sends: AcknowledgedSend[]
  /** The keys of sends that got no answer: they may be there, once, or not. */
  unanswered: Set<string>
  followers: FollowerLog[]
  /** The keys under which tools may have had their effect, and the executions that called them. */
  effects: { key: string; executionId: string }[]
  /** What went wrong in the eyes of the scenario itself. */
  violations: string[]
}

export const emptyLedger = (): Ledger => ({
  sends: [],
  unanswered: new Set(),
  followers: [],
  effects: [],
  violations: [],
})
