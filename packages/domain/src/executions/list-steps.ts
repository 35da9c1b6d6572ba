import type { ExecutionId, ExecutionStep } from '@kickstartmyai/contract'
import { findExecution, listStepsOf } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { scopeOf } from '../policy/scope-of.ts'
import type { ModelStepInput } from './step-records.ts'

/** An execution's steps in the order in which they began. */
export async function listSteps(
  deps: Deps,
  actor: Actor,
  executionId: ExecutionId,
): Promise<{ items: ExecutionStep[] }> {
  const scope = scopeOf(actor, 'execution.read')
  if (!(await findExecution(deps.db, scope, executionId))) throw notFound('execution')
  const rows = await listStepsOf(deps.db, scope, executionId)
  const items = rows.map((row): ExecutionStep => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    decision: row.decision,
    decidedAt: row.decided_at?.toISOString() ?? null,
    input: row.kind === 'model' ? withoutPrompt(row.input) : row.input,
    result: row.result,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }))
  return { items }
}

/** Who may read a run need not know its agent's prompt: a hash would let them try what they guess. */
function withoutPrompt(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input
  const { system: _, ...rest } = input as Partial<ModelStepInput>
  return rest
}
