import type { ExecutionEventBody, Usage } from '@kickstartmyai/contract'
import type { ExecutionEnd, Lease, StepWrite, StoredEvent } from '@kickstartmyai/db'
import type { EventFlusher } from './event-flusher.ts'
import type { Boundary, PassFailPoint } from './fail-points.ts'
import { LeaseLost } from './lease-lost.ts'

/** What is written together with events. */
export interface Changes {
  usage?: Usage
  steps?: readonly StepWrite[]
  end?: ExecutionEnd
}

/** Writes the event log of one execution under one lease, numbering as it goes. */
export interface EventWriter {
  /** Adds an event to the next flush. Throws LeaseLost when an earlier one was refused. */
  append(event: ExecutionEventBody): void
  /** Resolves once few enough events are unwritten; a model that is faster than the database waits here. */
  room(): Promise<void> | void
  /**
   * Writes events and changes in the next flush, all or nothing, after all that was appended before. Resolves when they
   * are committed. Throws LeaseLost, with nothing written, when another process holds the execution now.
   */
  write(boundary: Boundary, events: readonly ExecutionEventBody[], changes: Changes): Promise<void>
}

interface WriterDeps {
  flusher: EventFlusher
  failPoint: PassFailPoint
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
  const toWrite = (events: readonly StoredEvent[], { usage, steps, end }: Changes) => ({
    executionId: lease.id,
    epoch: lease.epoch,
    events,
    usage: usage ?? null,
    steps: steps ?? [],
    end: end ?? null,
  })

  return {
    append(event) {
      if (lost) throw new LeaseLost()
      sinceRoom += 1
      deps.flusher.push({ write: toWrite([number(event)], {}), onLost: lose })
    },
    room() {
      if (sinceRoom < mostUnwritten) return
      sinceRoom = 0
      return deps.flusher.settled()
    },
    async write(boundary, bodies, changes) {
      if (lost) throw new LeaseLost()
      await deps.failPoint(`${boundary}.before`)
      const done = Promise.withResolvers<void>()
      const write = toWrite(bodies.map(number), changes)
      const refuse = () => {
        lose()
        done.reject(new LeaseLost())
      }
      deps.flusher.push({ write, boundary, onLost: refuse, onWritten: done.resolve })
      await done.promise
    },
  }
}
