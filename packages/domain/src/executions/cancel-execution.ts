import type { Execution, ExecutionId } from '@kickstartmyai/contract'
import { findExecution, requestCancel } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { executionRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { getExecution } from './get-execution.ts'
import { stopExecutions } from './stop-executions.ts'

/**
 * Stops an execution and all that it has set off. One that nobody works on ends here; a running one is ended by whoever
 * runs it, within moments. What is over already stays as it is, so that stopping twice is no error. Throws NOT_FOUND, FORBIDDEN.
 */
export async function cancelExecution(deps: Deps, actor: Actor, executionId: ExecutionId): Promise<Execution> {
  const scope = scopeOf(actor, 'execution.cancel')
  if (!(await findExecution(deps.db, scope, executionId))) throw await executionRefusal(deps, actor, executionId)
  await stopExecutions(deps, (tx) => requestCancel(tx, scope, executionId))
  return getExecution(deps, actor, executionId)
}
