import type { ExecutionId, ExecutionStep } from '@kickstartmyai/contract'
import { findExecution, listStepsOf } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** An execution's steps in the order in which they began. */
export async function listSteps(
  deps: Deps,
  actor: Actor,
  executionId: ExecutionId,
): Promise<{ items: ExecutionStep[] }> {
  if (!(await findExecution(deps.db, actor.userId, executionId))) throw notFound('execution')
  const rows = await listStepsOf(deps.db, actor.userId, executionId)
  const items = rows.map((row): ExecutionStep => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    decision: row.decision,
    decidedAt: row.decided_at?.toISOString() ?? null,
    input: row.input,
    result: row.result,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }))
  return { items }
}
