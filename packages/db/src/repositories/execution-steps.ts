import type { ExecutionId } from '@kickstartmyai/contract'
import type { Selectable } from 'kysely'
import type { Db } from '../database.ts'
import type { ExecutionStepTable } from '../tables/execution-step.ts'
import { type ExecutionScope, mayExecution } from './access.ts'

export type StepRow = Selectable<ExecutionStepTable>

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

/** The same for a reader: nothing unless they may. */
export function listStepsOf(db: Db, scope: ExecutionScope, executionId: ExecutionId): Promise<StepRow[]> {
  return db
    .selectFrom('execution_steps')
    .innerJoin('executions', 'executions.id', 'execution_steps.execution_id')
    .selectAll('execution_steps')
    .where('execution_steps.execution_id', '=', executionId)
    .where(mayExecution(scope))
    .orderBy('execution_steps.started_at')
    .orderBy('execution_steps.id')
    .execute()
}
