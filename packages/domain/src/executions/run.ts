import type { MessageId, TextPart } from '@kickstartmyai/contract'
import type { ExecutionRow, Lease } from '@kickstartmyai/db'
import type { EventWriter } from './event-writer.ts'

/** A claimed execution and what it takes to run it. */
export interface Run {
  row: ExecutionRow
  lease: Lease
  writer: EventWriter
  /** Aborted with a StopReason. */
  signal: AbortSignal
  maxAttempts: number
  /** The message that is answered, when it was just written and need not be looked up. */
  sent?: SentMessage
}

export interface SentMessage {
  parts: readonly TextPart[]
  /** What it answers; null when nothing was said before. */
  parentId: MessageId | null
}
