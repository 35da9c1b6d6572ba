import type { UserId } from '@kickstartmyai/contract'
import type { StoredEvent } from '@kickstartmyai/db'

/** So many characters of events are kept for readers; who is further behind reads the database. */
const mostKept = 64 * 1024

/** The committed events of an execution that runs in this process: what its followers here are served from. */
export class EventLog {
  readonly ownerId: UserId
  #events: StoredEvent[] = []
  #size = 0
  /** The last event before those that are kept. */
  #before: number
  #isOpen = true

  /** `lastSeq` is the last event that was committed before. */
  constructor(ownerId: UserId, lastSeq: number) {
    this.ownerId = ownerId
    this.#before = lastSeq
  }

  /** Whether more may come. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  append(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (event.seq !== this.#before + this.#events.length + 1) this.#forget(event.seq - 1)
      this.#events.push(event)
      this.#size += event.body.length
    }
    if (this.#size > mostKept) this.#trim()
  }

  close(): void {
    this.#isOpen = false
  }

  /** The events after `cursor`; null when they are not all here and the database has to be asked. */
  since(cursor: number): readonly StoredEvent[] | null {
    if (cursor < this.#before) return null
    const rest = this.#events.slice(cursor - this.#before)
    return rest.length === 0 && !this.#isOpen ? null : rest
  }

  #forget(before: number): void {
    this.#events = []
    this.#size = 0
    this.#before = before
  }

  #trim(): void {
    let dropped = 0
    while (this.#size > mostKept / 2 && dropped < this.#events.length - 1) {
      this.#size -= this.#events[dropped]?.body.length ?? 0
      dropped += 1
    }
    this.#events = this.#events.slice(dropped)
    this.#before += dropped
  }
}
