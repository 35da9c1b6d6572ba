import type { ExecutionId } from '@kickstartmyai/contract'
import type { Lease } from '@kickstartmyai/db'
import type { StopReason } from '../stop-reason.ts'

/** Which of the held executions must stop, and why, after a renewal has brought back `kept`. */
export function stopsAfterRenewal(
  held: readonly Lease[],
  kept: readonly (Lease & { cancelRequested: boolean })[],
): Map<ExecutionId, StopReason> {
  const renewed = new Map(kept.map((lease) => [lease.id, lease]))
  const stops = new Map<ExecutionId, StopReason>()
  for (const { id } of held) {
    const lease = renewed.get(id)
    if (!lease) stops.set(id, 'lease_lost')
    else if (lease.cancelRequested) stops.set(id, 'cancelled')
  }
  return stops
}

/** Whether others may be at work by now on what was last renewed then; both on this process's clock, in milliseconds. */
export function mayBeTakenOver(renewedAt: number, now: number, leaseMs: number): boolean {
  return now - renewedAt > leaseMs
}
