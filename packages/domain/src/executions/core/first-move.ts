import { cancelled, type End, timedOut } from './ending-of.ts'
import type { ExecutionState } from './execution-state.ts'

export interface Limits {
  /** How often an execution may be taken up before it is given up. */
  maxAttempts: number
  /** Whether the time that it may take is used up. */
  isOverdue: boolean
}

/** What to do with an execution that was just claimed: the end that it comes to without being run, or null to run it. */
export function firstMove(
  { cancelRequested, attempts }: Pick<ExecutionState, 'cancelRequested' | 'attempts'>,
  { maxAttempts, isOverdue }: Limits,
): End | null {
  if (cancelRequested) return cancelled
  if (isOverdue) return timedOut
  if (attempts <= maxAttempts) return null
  const message = `The server stopped ${attempts - 1} times while it worked on this. Send it again.`
  return { status: 'failed', error: { code: 'INTERRUPTED', message } }
}
