import type { ExecutionEventBody, ExecutionId } from '@kickstartmyai/contract'
import {
  type ExecutionRow,
  insertEvents,
  inTransaction,
  isDeadlock,
  type StoredEvent,
  type Transaction,
} from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { keepPartialAnswer } from './partial-answer.ts'
import { toExecutionView } from './to-execution-view.ts'

/** Asks for the stop of executions and gives those that were not over, as they are now. */
type Request = (tx: Transaction) => Promise<ExecutionRow[]>

/** Stops what is asked for: what nobody works on has ended with this, what runs is told to end. Gives whether any runs. */
export async function stopExecutions(deps: Deps, request: Request): Promise<boolean> {
  const stopped = await ask(deps, request)
  await deps.failPoint('cancel.after')
  for (const { id, event } of stopped) {
    if (event) deps.events.publish(id, [event])
    else deps.onCancelRequested(id)
  }
  return stopped.some(({ event }) => event === null)
}

interface Stopped {
  id: ExecutionId
  /** The event that ended it; null for one that runs and was asked to stop. */
  event: StoredEvent | null
}

const mostTries = 3

async function ask(deps: Deps, request: Request): Promise<Stopped[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(deps.db, async (tx) => {
        const stopped: Stopped[] = []
        for (const row of await request(tx)) {
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
