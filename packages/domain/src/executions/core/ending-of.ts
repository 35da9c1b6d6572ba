import type { LoopOutcome } from '@kickstartmyai/ai'
import type { ExecutionError } from '@kickstartmyai/contract'
import type { StopReason } from '../stop-reason.ts'
import { toExecutionError } from '../to-execution-error.ts'
import type { TerminalStatus } from './execution-event.ts'

/** How an execution ended, and why if it did not complete. */
export interface End {
  status: TerminalStatus
  error: ExecutionError | null
}

export const cancelled: End = { status: 'cancelled', error: null }

export const timedOut: End = {
  status: 'timed_out',
  error: { code: 'TIMED_OUT', message: 'The answer took longer than is allowed.' },
}

/** How a run ends; null when it does not end here (another process goes on with it). */
export function endingOf(
  outcome: Exclude<LoopOutcome, { type: 'held' }>,
  stop: StopReason | null,
  maxIterations: number,
): End | null {
  const error = toExecutionError(outcome, maxIterations)
  if (error === null) return { status: 'completed', error }
  switch (outcome.type === 'aborted' ? stop : null) {
    case 'draining':
    case 'lease_lost':
      return null
    case 'cancelled':
      return cancelled
    case 'timed_out':
      return timedOut
    default:
      return { status: 'failed', error }
  }
}
