import type { Execution, ExecutionEventBody, ExecutionId } from '@kickstartmyai/contract'
import { findExecution, inTransaction, insertEvents, requestCancel, type StoredEvent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { getExecution } from './get-execution.ts'
import { keepPartialAnswer } from './partial-answer.ts'
import { toExecutionView } from './to-execution-view.ts'

/**
 * Stops an execution. One that nobody works on ends here; a running one is ended by whoever runs it, within moments.
 * An execution that is over already stays as it is, so that stopping twice is no error. Throws NOT_FOUND.
 */
export async function cancelExecution(deps: Deps, actor: Actor, executionId: ExecutionId): Promise<Execution> {
  const row = await findExecution(deps.db, actor.userId, executionId)
  if (!row) throw notFound('execution')
  const ended = await inTransaction(deps.db, async (tx): Promise<StoredEvent | null> => {
    const now = await requestCancel(tx, actor.userId, executionId)
    if (now?.status !== 'cancelled') return null
    const message = await keepPartialAnswer(deps, tx, now)
    const { usage } = toExecutionView({ ...now, answer_message_id: null })
    const body: ExecutionEventBody = { type: 'execution.cancelled', message, usage }
    const event = { seq: now.last_seq, type: body.type, body: JSON.stringify(body) }
    await insertEvents(tx, executionId, now.epoch, [event])
    await deps.failPoint('cancel.before')
    return event
  })
  await deps.failPoint('cancel.after')
  if (ended) deps.events.publish(executionId, [ended])
  else deps.onCancelRequested(executionId)
  return getExecution(deps, actor, executionId)
}
