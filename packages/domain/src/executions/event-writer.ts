import type { ExecutionEventBody } from '@kickstartmyai/contract'
import {
  type Db,
  inTransaction,
  insertEvents,
  isConnectionError,
  type Lease,
  type StoredEvent,
  type Transaction,
} from '@kickstartmyai/db'
import type { Clock } from '../clock.ts'
import type { EventFlusher } from './event-flusher.ts'
import type { EventHub } from './event-hub.ts'
import { LeaseLost } from './lease-lost.ts'

/** Writes the event log of one execution under one lease, numbering as it goes. */
export interface EventWriter {
  /** Adds an event to the next flush. Throws LeaseLost when an earlier one was refused. */
  append(event: ExecutionEventBody): void
  /** Resolves once few enough events are unwritten; a model that is faster than the database waits here. */
  room(): Promise<void>
  /**
   * Writes events together with `work` in one transaction, after all that was appended before. `work` is told the last
   * sequence number and passes the fence: it gives false when the lease was lost, and LeaseLost is thrown.
   */
  commit(
    events: readonly ExecutionEventBody[],
    work: (tx: Transaction, lastSeq: number) => Promise<boolean>,
  ): Promise<void>
}

interface WriterDeps {
  db: Db
  clock: Clock
  events: EventHub
  flusher: EventFlusher
}

const mostUnwritten = 5000

export function createEventWriter(deps: WriterDeps, lease: Lease, lastSeq: number, onLost: () => void): EventWriter {
  let seq = lastSeq
  let sinceRoom = 0
  let lost = false

  const number = (event: ExecutionEventBody): StoredEvent => {
    seq += 1
    return { seq, type: event.type, body: JSON.stringify(event) }
  }
  const lose = () => {
    lost = true
    onLost()
  }

  return {
    append(event) {
      if (lost) throw new LeaseLost()
      sinceRoom += 1
      deps.flusher.push({ executionId: lease.id, epoch: lease.epoch, ...number(event) }, lose)
    },
    async room() {
      if (sinceRoom < mostUnwritten) return
      await deps.flusher.settled()
      sinceRoom = 0
    },
    async commit(bodies, work) {
      await deps.flusher.settled()
      if (lost) throw new LeaseLost()
      const events = bodies.map(number)
      await whileDatabaseIsAway(deps.clock, () =>
        inTransaction(deps.db, async (tx) => {
          if (!(await work(tx, seq))) throw new LeaseLost()
          await insertEvents(tx, lease.id, lease.epoch, events)
        }),
      )
      deps.events.publish(lease.id, events)
    },
  }
}

/** Tries again until the database is back; the lease decides whether the attempt still counts. */
async function whileDatabaseIsAway(clock: Clock, attempt: () => Promise<void>): Promise<void> {
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof LeaseLost || !isConnectionError(error)) throw error
      await clock.sleep(pause)
    }
  }
}
