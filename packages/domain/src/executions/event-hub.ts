import type { ExecutionId } from '@kickstartmyai/contract'
import type { StoredEvent } from '@kickstartmyai/db'

/** Hands committed events to the followers within this process. The database stays the truth: a hint may be missed. */
export interface EventHub {
  publish(executionId: ExecutionId, events: readonly StoredEvent[]): void
  subscribe(executionId: ExecutionId): EventSubscription
}

export interface EventSubscription {
  /**
   * What was published since the last call, at once or when it comes; an empty list after `ms` without any, or when the
   * reader fell so far behind that it had better read the database.
   */
  next(ms: number): Promise<readonly StoredEvent[]>
  /** Also ends a `next` that is waiting. */
  close(): void
}

/** A reader that lets more than this many events pile up is sent to the database, so that it costs no memory. */
const mostPending = 1000

export function createEventHub(): EventHub {
  const byExecution = new Map<ExecutionId, Set<Listener>>()

  return {
    publish(executionId, events) {
      for (const listener of byExecution.get(executionId) ?? []) listener.offer(events)
    },
    subscribe(executionId) {
      const listeners = byExecution.get(executionId) ?? new Set()
      byExecution.set(executionId, listeners)
      const listener = new Listener(() => {
        listeners.delete(listener)
        if (listeners.size === 0 && byExecution.get(executionId) === listeners) byExecution.delete(executionId)
      })
      listeners.add(listener)
      return listener
    },
  }
}

class Listener implements EventSubscription {
  #pending: StoredEvent[] = []
  #wake: (() => void) | null = null
  #overrun = false
  #closed = false
  readonly #onClose: () => void

  constructor(onClose: () => void) {
    this.#onClose = onClose
  }

  offer(events: readonly StoredEvent[]): void {
    if (this.#pending.length + events.length > mostPending) {
      this.#pending = []
      this.#overrun = true
    } else if (!this.#overrun) {
      this.#pending.push(...events)
    }
    this.#wake?.()
  }

  async next(ms: number): Promise<readonly StoredEvent[]> {
    if (this.#pending.length === 0 && !this.#overrun && !this.#closed) await this.#wait(ms)
    const taken = this.#pending
    this.#pending = []
    this.#overrun = false
    return taken
  }

  close(): void {
    this.#closed = true
    this.#onClose()
    this.#wake?.()
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms)
      this.#wake = () => {
        clearTimeout(timer)
        this.#wake = null
        resolve()
      }
    })
  }
}
