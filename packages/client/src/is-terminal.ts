import type { ExecutionEventType, ExecutionStatus } from '@kickstartmyai/contract'

const events: ReadonlySet<ExecutionEventType> = new Set([
  'execution.completed',
  'execution.failed',
  'execution.cancelled',
])
const statuses: ReadonlySet<ExecutionStatus> = new Set(['completed', 'failed', 'cancelled', 'timed_out'])

// As in the contract, whose functions would bring its schemas and zod into every page.

/** True for the event after which a stream ends. */
export function isTerminalEvent(type: ExecutionEventType): boolean {
  return events.has(type)
}

/** True when nothing more will happen to an execution of this status. */
export function isTerminalStatus(status: ExecutionStatus): boolean {
  return statuses.has(status)
}
