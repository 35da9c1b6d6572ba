import type { ExecutionId, UserId } from '@kickstartmyai/contract'
import type { StoredEvent } from '@kickstartmyai/db'

/** Hands committed events to the followers within this process. The database stays the truth: a hint may be missed. */
export interface EventHub {
  publish(executionId: ExecutionId, events: readonly StoredEvent[]): void
  subscribe(executionId: ExecutionId, userId: UserId): EventSubscription
  /** How many subscriptions of a user are open. */
  subscriptionsOf(userId: UserId): number
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
  const byUser = new Map<UserId, number>()
  const count = (userId: UserId, change: 1 | -1) => {
    const open = (byUser.get(userId) ?? 0) + change
    if (open > 0) byUser.set(userId, open)
    else byUser.delete(userId)
  }

  return {
    publish(executionId, events) {
      for (const listener of byExecution.get(executionId) ?? []) listener.offer(events)
    },
    subscriptionsOf: (userId) => byUser.get(userId) ?? 0,
    subscribe(executionId, userId) {
      const listeners = byExecution.get(executionId) ?? new Set()
      byExecution.set(executionId, listeners)
      const listener = new Listener(() => {
        count(userId, -1)
        listeners.delete(listener)
        if (listeners.size === 0 && byExecution.get(executionId) === listeners) byExecution.delete(executionId)
      })
      listeners.add(listener)
      count(userId, 1)
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
    if (this.#closed) return
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
