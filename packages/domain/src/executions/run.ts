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
}
