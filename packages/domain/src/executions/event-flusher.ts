import { type Db, type ExecutionWrite, isDataError, writeExecutions } from '@kickstartmyai/db'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'
import type { EventHub } from './event-hub.ts'
import type { Boundary, PassFailPoint } from './fail-points.ts'

/** The group commit of a process: whatever came while one flush was under way goes into the next, in one statement. */
export interface EventFlusher {
  /** Queues a write; those of one execution are written in their order. */
  push(queued: QueuedWrite): void
  /** Resolves when all that was pushed so far is committed (or refused). */
  settled(): Promise<void>
}

export interface QueuedWrite {
  write: ExecutionWrite
  /** The fence refused it, and nothing of it is written. */
  onLost: () => void
  /** It is committed, and followers have been told. */
  onWritten?: () => void
  /** The fail-point to pass between commit and publication. */
  boundary?: Boundary
}

interface FlusherDeps {
  db: Db
  clock: Clock
  log: Logger
  events: EventHub
  failPoint: PassFailPoint
}

/** The writes of one execution under one lease, put together into one. */
interface Group {
  write: ExecutionWrite
  parts: readonly QueuedWrite[]
}

/** Longest pause between two flushes, in milliseconds. */
const longestPause = 25

export function createEventFlusher(deps: FlusherDeps): EventFlusher {
  let queue: QueuedWrite[] = []
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
      await writeBatch(deps, toGroups(batch))
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
    push(item) {
      queue.push(item)
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

function toGroups(batch: readonly QueuedWrite[]): Group[] {
  const groups = Map.groupBy(batch, ({ write }) => `${write.executionId} ${write.epoch}`)
  return [...groups.values()].map((parts) => ({ write: merge(parts), parts }))
}

function merge(parts: readonly QueuedWrite[]): ExecutionWrite {
  const writes = parts.map(({ write }) => write)
  const [first] = writes
  if (!first || writes.length === 1) return first!
  return {
    ...first,
    events: writes.flatMap(({ events }) => events),
    usage: writes.findLast(({ usage }) => usage !== null)?.usage ?? null,
    steps: writes.flatMap(({ steps }) => steps),
    end: writes.findLast(({ end }) => end !== null)?.end ?? null,
  }
}

/** Writes a batch, waiting out a database that is away; followers hear of it only after the commit. */
async function writeBatch(deps: FlusherDeps, batch: readonly Group[]): Promise<void> {
  let again = false
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    try {
      await deps.failPoint('flush.before')
      const taken = await writeExecutions(
        deps.db,
        batch.map(({ write }) => write),
        { again },
      )
      await deps.failPoint('flush.after')
      for (const group of batch) await tell(deps, group, taken.has(group.write))
      return
    } catch (error) {
      if (isDataError(error)) return isolate(deps, batch, error)
      again = true
      deps.log.warn({ err: error, executions: batch.length }, 'events could not be written; trying again')
      await deps.clock.sleep(pause)
    }
  }
}

/** One write that the database cannot take must not hold up everybody else's: each execution goes by itself. */
async function isolate(deps: FlusherDeps, batch: readonly Group[], error: unknown): Promise<void> {
  if (batch.length > 1) {
    for (const group of batch) await writeBatch(deps, [group])
    return
  }
  deps.log.error({ err: error, executionId: batch[0]?.write.executionId }, 'events were refused by the database')
  for (const { parts } of batch) for (const { onLost } of parts) onLost()
}

async function tell(deps: FlusherDeps, { write, parts }: Group, isTaken: boolean): Promise<void> {
  if (!isTaken) {
    for (const { onLost } of parts) onLost()
    return
  }
  for (const { boundary } of parts) if (boundary) await deps.failPoint(`${boundary}.after`)
  deps.events.publish(write.executionId, write.events)
  for (const { onWritten } of parts) onWritten?.()
}
