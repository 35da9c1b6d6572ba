import type { ExecutionRow, StepRow } from '@kickstartmyai/db'
import type { ExecutionState } from './execution-state.ts'

/** A stored execution as the core sees it. */
export function stateOfRow(row: ExecutionRow, steps: readonly StepRow[] = []): ExecutionState {
  return {
    status: row.status,
    epoch: row.epoch,
    owner: row.owner,
    leaseUntil: row.lease_until && row.lease_until.getTime(),
    attempts: row.attempts,
    cancelRequested: row.cancel_requested_at !== null,
    lastSeq: row.last_seq,
    steps: Object.fromEntries(steps.map(({ name, state, decision }) => [name, { state, decision }])),
  }
}
