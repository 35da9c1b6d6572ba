import type { Execution, ExecutionEventBody, ExecutionId } from '@kickstartmyai/contract'
import {
  type ExecutionRow,
  findExecution,
  insertEvents,
  inTransaction,
  isDeadlock,
  requestCancel,
  type StoredEvent,
  type Transaction,
} from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { getExecution } from './get-execution.ts'
import { keepPartialAnswer } from './partial-answer.ts'
import { toExecutionView } from './to-execution-view.ts'

/**
 * Stops an execution and all that it has set off. One that nobody works on ends here; a running one is ended by whoever
 * runs it, within moments. What is over already stays as it is, so that stopping twice is no error. Throws NOT_FOUND.
 */
export async function cancelExecution(deps: Deps, actor: Actor, executionId: ExecutionId): Promise<Execution> {
  if (!(await findExecution(deps.db, actor.userId, executionId))) throw notFound('execution')
  const stopped = await stopAll(deps, actor, executionId)
  await deps.failPoint('cancel.after')
  for (const { id, event } of stopped) {
    if (event) deps.events.publish(id, [event])
    else deps.onCancelRequested(id)
  }
  return getExecution(deps, actor, executionId)
}

interface Stopped {
  id: ExecutionId
  /** The event that ended it; null for one that runs and was asked to stop. */
  event: StoredEvent | null
}

const mostTries = 3

async function stopAll(deps: Deps, actor: Actor, executionId: ExecutionId): Promise<Stopped[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(deps.db, async (tx) => {
        const stopped: Stopped[] = []
        for (const row of await requestCancel(tx, actor.userId, executionId)) {
          stopped.push({ id: row.id, event: row.status === 'cancelled' ? await tellEnd(deps, tx, row) : null })
        }
        if (stopped.some(({ event }) => event)) await deps.failPoint('cancel.before')
        return stopped
      })
    } catch (error) {
      // Those that run are written to, several at a time, by whoever runs them.
      if (!isDeadlock(error) || tries === mostTries) throw error
    }
  }
}

/** Keeps what was said and writes the event of the end, whose place in the log is taken already. */
async function tellEnd(deps: Deps, tx: Transaction, row: ExecutionRow): Promise<StoredEvent> {
  const message = await keepPartialAnswer(deps, tx, row)
  const { usage } = toExecutionView({ ...row, answer_message_id: null })
  const body: ExecutionEventBody = { type: 'execution.cancelled', message, usage }
  const event = { seq: row.last_seq, type: body.type, body: JSON.stringify(body) }
  await insertEvents(tx, row.id, row.epoch, [event])
  return event
}
