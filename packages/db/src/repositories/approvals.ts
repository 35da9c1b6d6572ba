import type { ApprovalDecision, ExecutionId, StepId, UserId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Transaction } from '../database.ts'
import { type ExecutionScope, mayExecution } from './access.ts'
import type { Lease } from './execution-leases.ts'
import type { StepRow } from './execution-steps.ts'
import type { ExecutionRow } from './executions.ts'

/**
 * Holds an execution to the end of the transaction. Whoever decides and whoever begins to wait does so
 * under this lock, and reads the steps after it: so neither can miss the other.
 */
export function lockExecution(
  tx: Transaction,
  scope: ExecutionScope,
  executionId: ExecutionId,
): Promise<ExecutionRow | undefined> {
  return tx
    .selectFrom('executions')
    .selectAll()
    .where('executions.id', '=', executionId)
    .where(mayExecution(scope))
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** One step of an execution that the caller has locked. */
export function findStep(tx: Transaction, executionId: ExecutionId, stepId: StepId): Promise<StepRow | undefined> {
  return tx
    .selectFrom('execution_steps')
    .selectAll()
    .where('id', '=', stepId)
    .where('execution_id', '=', executionId)
    .executeTakeFirst()
}

export interface StepDecision {
  decision: ApprovalDecision
  decidedBy: UserId
  /** The event that tells of it, when it is told in the same transaction. */
  seq: number | null
}

/** Keeps what was decided about a step whose execution the caller has locked. */
export async function decideStep(
  tx: Transaction,
  stepId: StepId,
  { decision, decidedBy, seq }: StepDecision,
): Promise<void> {
  await tx
    .updateTable('execution_steps')
    .set({ decision, decided_by: decidedBy, decided_at: sql`clock_timestamp()`, decision_seq: seq })
    .where('id', '=', stepId)
    .where('state', '=', 'awaiting')
    .where('decision', 'is', null)
    .execute()
}

/**
 * After a decision about a waiting execution that the caller has locked: counts the event that tells of it, and queues
 * the execution when nothing else is to be decided. Gives whether it is queued now.
 */
export async function endWaiting(tx: Transaction, executionId: ExecutionId, lastSeq: number): Promise<boolean> {
  const { rows } = await sql<{ status: string }>`
    update executions e set last_seq = ${lastSeq},
      status = case when exists (
        select 1 from execution_steps s where s.execution_id = e.id and s.state = 'awaiting' and s.decision is null)
        then 'waiting' else 'queued' end
    where e.id = ${executionId} and e.status = 'waiting'
    returning e.status`.execute(tx)
  return rows[0]?.status === 'queued'
}

/**
 * Lets a running execution wait for a person: it holds no lease any more, and the attempt does not count. Gives `waiting`;
 * or, with nothing changed, `decided` (a decision has come that is not acted on), `cancelled` (a stop was asked for) or
 * `lost` (another process holds it).
 */
export async function beginWaiting(
  tx: Transaction,
  { id, epoch }: Lease,
): Promise<'waiting' | 'decided' | 'cancelled' | 'lost'> {
  const held = await tx
    .selectFrom('executions')
    .select('cancel_requested_at')
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .where('status', '=', 'running')
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!held) return 'lost'
  if (held.cancel_requested_at !== null) return 'cancelled'
  // A statement of its own: one that had to wait for the lock would not see what was committed meanwhile.
  const { rows } = await sql<{ id: ExecutionId }>`
    update executions e set status = 'waiting', owner = null, lease_until = null, deadline = null, attempts = greatest(attempts - 1, 0)
    where e.id = ${id} and not exists (
      select 1 from execution_steps s where s.execution_id = e.id and s.state = 'awaiting' and s.decision is not null)
    returning e.id`.execute(tx)
  return rows.length > 0 ? 'waiting' : 'decided'
}
