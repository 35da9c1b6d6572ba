import type { ExecutionId, StepId, UserId } from '@kickstartmyai/contract'
import { type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ExecutionStepTable } from '../tables/execution-step.ts'

export type StepRow = Selectable<ExecutionStepTable>

export interface StepIntent {
  id: StepId
  executionId: ExecutionId
  name: string
  kind: 'model' | 'tool'
  epoch: number
  input: object | null
}

/** Notes that a step begins, before it does. A step of the same name that was begun before counts one attempt more. */
export async function startStep(tx: Transaction, step: StepIntent): Promise<{ attempt: number }> {
  return tx
    .insertInto('execution_steps')
    .values({
      id: step.id,
      execution_id: step.executionId,
      name: step.name,
      kind: step.kind,
      epoch: step.epoch,
      state: 'started',
      input: step.input === null ? null : JSON.stringify(step.input),
      input_hash: null,
      idempotency_key: null,
      result: null,
      ended_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['execution_id', 'name']).doUpdateSet((eb) => ({
        epoch: eb.ref('excluded.epoch'),
        state: 'started',
        attempt: eb('execution_steps.attempt', '+', 1),
        started_at: sql<Date>`clock_timestamp()`,
      })),
    )
    .returning('attempt')
    .executeTakeFirstOrThrow()
}

/** Notes how a step ended. */
export async function endStep(
  tx: Transaction,
  step: { executionId: ExecutionId; name: string; state: 'done' | 'failed' | 'unknown'; result: object | null },
): Promise<void> {
  await tx
    .updateTable('execution_steps')
    .set({
      state: step.state,
      result: step.result === null ? null : JSON.stringify(step.result),
      ended_at: sql<Date>`clock_timestamp()`,
    })
    .where('execution_id', '=', step.executionId)
    .where('name', '=', step.name)
    .execute()
}

/** An execution's steps in the order in which they began. */
export function listSteps(db: Db, executionId: ExecutionId): Promise<StepRow[]> {
  return db
    .selectFrom('execution_steps')
    .selectAll()
    .where('execution_id', '=', executionId)
    .orderBy('started_at')
    .orderBy('id')
    .execute()
}

/** The same for a reader: nothing unless the execution is the owner's. */
export function listStepsOf(db: Db, ownerId: UserId, executionId: ExecutionId): Promise<StepRow[]> {
  return db
    .selectFrom('execution_steps')
    .innerJoin('executions', 'executions.id', 'execution_steps.execution_id')
    .selectAll('execution_steps')
    .where('execution_steps.execution_id', '=', executionId)
    .where('executions.owner_id', '=', ownerId)
    .orderBy('execution_steps.started_at')
    .orderBy('execution_steps.id')
    .execute()
}
