import { type ExecutionId, isTerminal, isTerminalEvent, limits } from '@kickstartmyai/contract'
import { findExecution, findExecutionStatus, readEvents, type StoredEvent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'

/** How often a follower looks into the database when it hears nothing: other replicas' events come this way. */
const quietMs = 1000
const readSize = 500

/**
 * An execution's events after `afterSeq`, as they are committed, without a gap and without a repetition, until the
 * terminal one. Gives batches: what the database held, then what each flush brought. Throws NOT_FOUND at once when the
 * execution is not the caller's, LIMIT_EXCEEDED when they follow too many; ends early when `signal` aborts.
 */
export async function followExecution(
  deps: Pick<Deps, 'db' | 'events'>,
  actor: Actor,
  executionId: ExecutionId,
  afterSeq: number,
  signal: AbortSignal,
): Promise<AsyncGenerator<readonly StoredEvent[], void>> {
  if (!(await findExecution(deps.db, actor.userId, executionId))) throw notFound('execution')
  if (deps.events.subscriptionsOf(actor.userId) >= limits.streamsPerUser) throw tooManyStreams()
  return batches(deps, actor, executionId, afterSeq, signal)
}

async function* batches(
  deps: Pick<Deps, 'db' | 'events'>,
  actor: Actor,
  executionId: ExecutionId,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEvent[], void> {
  const live = deps.events.subscribe(executionId, actor.userId)
  const close = () => live.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    let cursor = afterSeq
    let fresh: readonly StoredEvent[] = []
    while (!signal.aborted) {
      const next = fresh.filter((event) => event.seq > cursor)
      const isContiguous = next[0]?.seq === cursor + 1
      const batch = isContiguous ? next : await readEvents(deps.db, executionId, cursor, readSize)
      const last = batch.at(-1)
      if (last) {
        cursor = last.seq
        yield batch
        if (isTerminalEvent(last.type)) return
        fresh = isContiguous || batch.length < readSize ? await live.next(quietMs) : []
      } else {
        if (await isOver(deps, executionId, cursor)) return
        fresh = await live.next(quietMs)
      }
    }
  } finally {
    signal.removeEventListener('abort', close)
    live.close()
  }
}

/** Whether nothing can come after `cursor`: the execution has ended (or is gone) and its last event was read. */
async function isOver({ db }: Pick<Deps, 'db'>, executionId: ExecutionId, cursor: number): Promise<boolean> {
  const status = await findExecutionStatus(db, executionId)
  if (status !== undefined && !isTerminal(status)) return false
  return (await readEvents(db, executionId, cursor, 1)).length === 0
}

function tooManyStreams(): DomainError {
  const message = `At most ${limits.streamsPerUser} executions can be followed at a time. Let go of one.`
  return new DomainError('LIMIT_EXCEEDED', message, { retryAfterSeconds: 5 })
}
