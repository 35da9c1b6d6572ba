import type { Execution, ExecutionId } from '@kickstartmyai/contract'
import { findExecution } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toExecutionView } from './to-execution-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

export async function getExecution(deps: Pick<Deps, 'db'>, actor: Actor, executionId: ExecutionId): Promise<Execution> {
  const row = await findExecution(deps.db, scopeOf(actor, 'execution.read'), executionId)
  if (!row) throw notFound('execution')
  return toExecutionView(row)
}
