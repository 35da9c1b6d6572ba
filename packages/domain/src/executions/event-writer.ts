import type { ExecutionEventBody, Usage } from '@kickstartmyai/contract'
import type { ExecutionEnd, Lease, StepWrite } from '@kickstartmyai/db'
import type { Clock } from '../clock.ts'
import type { EventFlusher } from './event-flusher.ts'
import type { Boundary } from './fail-points.ts'
import { LeaseLost } from './lease-lost.ts'

/** What is written together with events. */
export interface Changes {
  usage?: Usage
  steps?: readonly StepWrite[]
  end?: ExecutionEnd
}

/** Writes the event log of one execution under one lease, numbering as it goes. */
export interface EventWriter {
  /**
   * Adds an event to the next flush; text that goes on with text which still waits for it becomes one event with it. Throws
   * LeaseLost when an earlier one was refused.
   */
  append(event: ExecutionEventBody): void
  /**
   * The same for an event that nobody waits for: it goes with whatever comes next, and after a moment by itself.
   */
  announce(event: ExecutionEventBody): void
  /** Resolves once little enough text is unwritten; a model that is faster than the database waits here. */
  room(): Promise<void> | void
  /**
   * Writes events and changes in the next flush, all or nothing, after all that came before, whether or not anybody waits
   * for it. Resolves when they are committed. Throws LeaseLost, with nothing written, when another process holds the execution now.
   */
  write(boundary: Boundary, events: readonly ExecutionEventBody[], changes: Changes): Promise<void>
}

interface WriterDeps {
  flusher: EventFlusher
  clock: Clock
}

/** Events that wait for their flush, and how many characters of text are in them. */
interface Open {
  events: ExecutionEventBody[]
  size: number
  isQueued: boolean
}

/** How long an announcement waits for company, in milliseconds: nobody sees it, and many a flush is saved. */
const momentMs = 50

/** In characters. */
const mostUnwritten = 256 * 1024
/** Text that is this long takes no more in: followers read several events at a time. */
const longestText = 4096

export function createEventWriter(deps: WriterDeps, lease: Lease, lastSeq: number, onLost: () => void): EventWriter {
  let seq = lastSeq
  let unwritten = 0
  let lost = false
  /** Takes more events in until its flush begins. */
  let open: Open | null = null
  let hasRoom = Promise.withResolvers<void>()

  const lose = () => {
    lost = true
    onLost()
    hasRoom.resolve()
  }
  /** Numbered when its flush begins. */
  const toWrite = (bodies: readonly ExecutionEventBody[], { usage, steps, end }: Changes) => ({
    executionId: lease.id,
    epoch: lease.epoch,
    events: bodies.map((body) => ({ seq: ++seq, type: body.type, body: JSON.stringify(body) })),
    usage: usage ?? null,
    steps: steps ?? [],
    end: end ?? null,
  })

  const queue = (events: Open) => {
    if (events.isQueued) return
    events.isQueued = true
    deps.flusher.push({
      executionId: lease.id,
      take() {
        if (open === events) open = null
        return toWrite(events.events, {})
      },
      onLost: lose,
      onWritten() {
        unwritten -= events.size
        hasRoom.resolve()
      },
    })
  }
  const add = (event: ExecutionEventBody): Open => {
    if (lost) throw new LeaseLost()
    open ??= { events: [], size: 0, isQueued: false }
    join(open.events, event)
    const size = 'text' in event ? event.text.length : 0
    open.size += size
    unwritten += size
    return open
  }

  return {
    append: (event) => queue(add(event)),
    announce(event) {
      const events = add(event)
      if (!events.isQueued) void deps.clock.sleep(momentMs).then(() => queue(events))
    },
    room() {
      if (lost || unwritten < mostUnwritten) return
      hasRoom = Promise.withResolvers()
      return hasRoom.promise
    },
    async write(boundary, events, changes) {
      if (lost) throw new LeaseLost()
      if (open) queue(open)
      open = null
      const done = Promise.withResolvers<void>()
      const take = () => toWrite(events, changes)
      const refuse = () => {
        lose()
        done.reject(new LeaseLost())
      }
      deps.flusher.push({ executionId: lease.id, take, boundary, onLost: refuse, onWritten: done.resolve })
      await done.promise
    },
  }
}

function join(events: ExecutionEventBody[], event: ExecutionEventBody): void {
  const last = events.at(-1)
  const isText = event.type === 'text.delta' || event.type === 'reasoning.delta'
  if (isText && last?.type === event.type && last.text.length < longestText) {
    events[events.length - 1] = { type: event.type, text: last.text + event.text }
  } else {
    events.push(event)
  }
}
