import type { ExecutionId } from '@kickstartmyai/contract'
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
  /**
   * Does other work on the rows of executions while no flush is under way: two statements that lock many rows in different
   * orders would wait for each other until the database gives one up. Waits `patienceMs` at most.
   */
  between<Result>(work: () => Promise<Result>, patienceMs: number): Promise<Result>
}

export interface QueuedWrite {
  executionId: ExecutionId
  /** What to write; asked for once, when its flush begins. */
  take: () => ExecutionWrite
  /** The fence refused it, and nothing of it is written. */
  onLost: () => void
  /** It is committed, and followers have been told. */
  onWritten?: () => void
  /** Its fail-points are passed right before the commit, and between commit and publication. */
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

/** After a flush for so many executions the next one is let wait: it will be for more, and costs hardly more than a small one. */
const crowd = 32
const pauseMs = 40

/** A queued write, and what tells that it is settled. */
interface Waiting {
  queued: QueuedWrite
  settled: PromiseWithResolvers<void>
}

export function createEventFlusher(deps: FlusherDeps): EventFlusher {
  let waiting: Waiting[] = []
  let underWay: readonly Waiting[] = []
  let isPlanned = false
  let holds = 0

  const plan = () => {
    if (isPlanned) return
    isPlanned = true
    // After what else this turn of the event loop brings: all of it goes together.
    setImmediate(() => {
      isPlanned = false
      if (holds === 0 && underWay.length === 0 && waiting.length > 0) void flush()
    })
  }

  /** At once when none is under way; what comes meanwhile makes the next one larger. */
  const flush = async () => {
    const isCrowded = waiting.length >= crowd
    underWay = waiting
    waiting = []
    await writeBatch(deps, toGroups(underWay.map(({ queued }) => queued)))
    for (const { settled } of underWay) settled.resolve()
    underWay = []
    if (isCrowded) {
      isPlanned = true
      await deps.clock.sleep(pauseMs)
      isPlanned = false
    }
    plan()
  }

  const settle = async (writes: readonly Waiting[]) => {
    await Promise.all(writes.map(({ settled }) => settled.promise))
  }

  return {
    push(queued) {
      waiting.push({ queued, settled: Promise.withResolvers() })
      plan()
    },
    settled: () => settle([...underWay, ...waiting]),
    async between(work, patienceMs) {
      const patience = new AbortController()
      holds += 1
      try {
        const tired = deps.clock.sleep(patienceMs, patience.signal).catch(() => {})
        await Promise.race([settle(underWay), tired])
        return await work()
      } finally {
        patience.abort()
        holds -= 1
        plan()
      }
    },
  }
}

function toGroups(batch: readonly QueuedWrite[]): Group[] {
  const taken = batch.map((queued) => ({ queued, write: queued.take() }))
  const groups = Map.groupBy(taken, ({ write }) => `${write.executionId} ${write.epoch}`)
  return [...groups.values()].map((parts) => ({
    write: merge(parts.map(({ write }) => write)),
    parts: parts.map(({ queued }) => queued),
  }))
}

function merge(writes: readonly ExecutionWrite[]): ExecutionWrite {
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
      for (const { parts } of batch) await pass(deps, parts, 'before')
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
  await pass(deps, parts, 'after')
  deps.events.publish(write.executionId, write.events)
  for (const { onWritten } of parts) onWritten?.()
}

async function pass(deps: FlusherDeps, parts: readonly QueuedWrite[], moment: 'before' | 'after'): Promise<void> {
  for (const { boundary } of parts) if (boundary) await deps.failPoint(`${boundary}.${moment}`)
}
