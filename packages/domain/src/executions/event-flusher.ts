import type { ExecutionId } from '@kickstartmyai/contract'
import { appendEvents, type Db, isDataError, type LoggedEvent } from '@kickstartmyai/db'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'
import type { EventHub } from './event-hub.ts'

/** The group commit of a process: whatever came while one flush was under way goes into the next, in one statement. */
export interface EventFlusher {
  /** Queues an event. `onLost` is called when the fence refuses it. */
  push(event: LoggedEvent, onLost: () => void): void
  /** Resolves when all that was pushed so far is committed (or refused). */
  settled(): Promise<void>
}

interface Queued {
  event: LoggedEvent
  onLost: () => void
}

/** Longest pause between two flushes, in milliseconds. */
const longestPause = 25

export function createEventFlusher(deps: { db: Db; clock: Clock; log: Logger; events: EventHub }): EventFlusher {
  let queue: Queued[] = []
  /** Resolves when what stands in the queue now is committed. */
  let queued = Promise.withResolvers<void>()
  let inFlight: Promise<void> = Promise.resolve()
  let isFlushing = false
  let hurry = () => {}

  /** Flushes until nothing is left: at once when idle, batched under load. */
  const flushAll = async () => {
    while (queue.length > 0) {
      const batch = queue
      const done = queued
      queue = []
      queued = Promise.withResolvers()
      inFlight = done.promise
      const startedAt = deps.clock.now()
      await writeBatch(deps, batch)
      done.resolve()
      // Half of the time is left to everything else that asks the database; it also makes the next batch larger.
      const pause = Math.min(deps.clock.now() - startedAt, longestPause)
      if (queue.length > 0 && pause > 0) {
        const called = new Promise<void>((resolve) => (hurry = resolve))
        await Promise.race([called, deps.clock.sleep(pause)])
      }
    }
    isFlushing = false
  }

  return {
    push(event, onLost) {
      queue.push({ event, onLost })
      if (isFlushing) return
      isFlushing = true
      // In a microtask, so that what one read of a socket brought goes together.
      queueMicrotask(() => void flushAll())
    },
    settled() {
      if (queue.length === 0) return inFlight
      hurry()
      return queued.promise
    },
  }
}

type FlusherDeps = Parameters<typeof createEventFlusher>[0]

/** Writes a batch, waiting out a database that is away; followers hear of it only after the commit. */
async function writeBatch(deps: FlusherDeps, batch: readonly Queued[]): Promise<void> {
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    try {
      const events = batch.map((queued) => queued.event)
      publish(deps.events, batch, await appendEvents(deps.db, events))
      return
    } catch (error) {
      if (isDataError(error)) return isolate(deps, batch, error)
      deps.log.warn({ err: error, events: batch.length }, 'events could not be written; trying again')
      await deps.clock.sleep(pause)
    }
  }
}

/** One event that the database cannot take must not hold up everybody else's: each execution goes by itself. */
async function isolate(deps: FlusherDeps, batch: readonly Queued[], error: unknown): Promise<void> {
  const groups = [...Map.groupBy(batch, ({ event }) => event.executionId).values()]
  if (groups.length > 1) {
    for (const group of groups) await writeBatch(deps, group)
    return
  }
  deps.log.error({ err: error, executionId: batch[0]?.event.executionId }, 'events were refused by the database')
  for (const { onLost } of batch) onLost()
}

function publish(hub: EventHub, batch: readonly Queued[], taken: ReadonlySet<ExecutionId>): void {
  for (const [executionId, group] of Map.groupBy(batch, ({ event }) => event.executionId)) {
    if (taken.has(executionId))
      hub.publish(
        executionId,
        group.map(({ event }) => event),
      )
    else for (const { onLost } of group) onLost()
  }
}
