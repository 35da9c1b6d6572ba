import { type ExecutionId, isTerminal, isTerminalEvent } from '@kickstartmyai/contract'
import type { FollowQuestion, StoredEvent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import type { UserCaps } from '../user-caps.ts'

type FollowDeps = Pick<Deps, 'lookUps' | 'events' | 'caps' | 'clock' | 'openStreams'>

/** How long somebody else's run is followed before it is asked whether they still may. */
const askAgainMs = 15_000

/**
 * An execution's events after `afterSeq`, as they are committed, without a gap and without a repetition, until the
 * terminal one. Gives batches: what there was, then what each flush brought. Throws NOT_FOUND at once when the execution
 * is not for the caller to see, LIMIT_EXCEEDED when they follow too many, UNAUTHORIZED in the middle when their session is
 * over; ends early when `signal` aborts, this process goes, or they may no longer see it.
 */
export async function followExecution(
  deps: FollowDeps,
  actor: Actor,
  executionId: ExecutionId,
  afterSeq: number,
  signal: AbortSignal,
): Promise<AsyncGenerator<readonly StoredEvent[], void>> {
  const question = { userId: actor.userId, executionId, after: afterSeq }
  // What runs here is known here.
  const isHere = deps.events.logOf(executionId)?.ownerId === actor.userId
  const found = isHere ? null : await deps.lookUps.followed(question)
  if (found === undefined) throw notFound('execution')
  if (deps.events.subscriptionsOf(actor.userId) >= deps.caps.streams) throw tooManyStreams(deps.caps)
  return batches(deps, actor, question, found?.events ?? [], signal)
}

async function* batches(
  { lookUps, events, clock, openStreams }: FollowDeps,
  actor: Actor,
  { userId, executionId, after }: FollowQuestion,
  found: readonly StoredEvent[],
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEvent[], void> {
  const live = events.subscribe(executionId, userId)
  const close = () => live.close()
  let isSessionOver = false
  const letGo = openStreams.hold(actor, () => {
    isSessionOver = true
    close()
  })
  signal.addEventListener('abort', close, { once: true })
  try {
    let cursor = after
    let askedAt = clock.now()
    while (!signal.aborted && !live.isOver) {
      const isOwn = events.logOf(executionId)?.ownerId === userId
      const isDue = !isOwn && clock.now() - askedAt >= askAgainMs
      let batch = cursor === after && found.length > 0 ? found : isDue ? null : live.since(cursor)
      if (!batch) {
        const answer = await lookUps.followed({ userId, executionId, after: cursor })
        askedAt = clock.now()
        if (!answer || (answer.events.length === 0 && isTerminal(answer.status))) return
        batch = answer.events
      }
      const last = batch.at(-1)
      if (!last) {
        await live.changed()
        continue
      }
      cursor = last.seq
      yield batch
      if (isTerminalEvent(last.type)) return
    }
    if (isSessionOver) throw new DomainError('UNAUTHORIZED', 'The session is over. Sign in again.')
  } finally {
    letGo()
    signal.removeEventListener('abort', close)
    live.close()
  }
}

function tooManyStreams({ streams }: UserCaps): DomainError {
  const message = `At most ${streams} executions can be followed at a time. Let go of one.`
  return new DomainError('LIMIT_EXCEEDED', message, { retryAfterSeconds: 5 })
}
