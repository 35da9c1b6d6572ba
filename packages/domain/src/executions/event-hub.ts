import type { ExecutionId, UserId } from '@kickstartmyai/contract'
import type { StoredEvent } from '@kickstartmyai/db'
import { EventLog } from './event-log.ts'

/**
 * Where followers and what runs in this process meet. The events of an execution that runs here are served from its log;
 * for any other a follower reads the database, and is called when there may be something to read.
 */
export interface EventHub {
  /** An execution runs in this process from now on; close the log when it does so no longer. */
  open(executionId: ExecutionId, ownerId: UserId, lastSeq: number): EventLog
  close(executionId: ExecutionId, log: EventLog): void
  /** The log of an execution that runs here. */
  logOf(executionId: ExecutionId): EventLog | undefined
  /** Events were committed. */
  publish(executionId: ExecutionId, events: readonly StoredEvent[]): void
  /** There may be something to read. */
  wake(executionId: ExecutionId): void
  subscribe(executionId: ExecutionId, userId: UserId): EventSubscription
  /** How many subscriptions of a user are open. */
  subscriptionsOf(userId: UserId): number
  /** The executions that are followed here and run elsewhere, or nowhere. */
  followedElsewhere(): ExecutionId[]
  isFollowedElsewhere(executionId: ExecutionId): boolean
  observe(observer: HubObserver): void
  /** Sends all followers away: they come back, to another process. */
  dismiss(): void
}

/** Told of what goes on in the hub. */
export interface HubObserver {
  /** An execution runs here from now on, which has `lastSeq` events from before. */
  opened?(executionId: ExecutionId, lastSeq: number): void
  /** An execution that does not run here is followed here from now on. */
  followedElsewhere?(executionId: ExecutionId): void
  /** Events of an execution that runs here were committed. */
  published?(executionId: ExecutionId): void
  /** An execution runs here no longer. */
  closed?(executionId: ExecutionId): void
}

export interface EventSubscription {
  /** Committed events after `cursor`; null when the database has to be asked. */
  since(cursor: number): readonly StoredEvent[] | null
  /** Resolves when there may be something new since the last call of `since`, or the subscription is over. */
  changed(): Promise<void>
  readonly isOver: boolean
  close(): void
}

export function createEventHub(): EventHub {
  const logs = new Map<ExecutionId, EventLog>()
  const byExecution = new Map<ExecutionId, Set<Listener>>()
  const byUser = new Map<UserId, number>()
  const observers: HubObserver[] = []
  const count = (userId: UserId, change: 1 | -1) => {
    const open = (byUser.get(userId) ?? 0) + change
    if (open > 0) byUser.set(userId, open)
    else byUser.delete(userId)
  }
  const wake = (executionId: ExecutionId) => {
    for (const listener of byExecution.get(executionId) ?? []) listener.wake()
  }

  return {
    open(executionId, ownerId, lastSeq) {
      logs.get(executionId)?.close()
      const log = new EventLog(ownerId, lastSeq)
      logs.set(executionId, log)
      for (const listener of byExecution.get(executionId) ?? []) listener.serveFrom(log)
      for (const observer of observers) observer.opened?.(executionId, lastSeq)
      return log
    },
    close(executionId, log) {
      log.close()
      if (logs.get(executionId) !== log) return
      logs.delete(executionId)
      wake(executionId)
      for (const observer of observers) {
        observer.closed?.(executionId)
        if (byExecution.has(executionId)) observer.followedElsewhere?.(executionId)
      }
    },
    logOf: (executionId) => logs.get(executionId),
    publish(executionId, events) {
      logs.get(executionId)?.append(events)
      wake(executionId)
      for (const observer of observers) observer.published?.(executionId)
    },
    wake,
    subscriptionsOf: (userId) => byUser.get(userId) ?? 0,
    subscribe(executionId, userId) {
      const listeners = byExecution.get(executionId) ?? new Set()
      byExecution.set(executionId, listeners)
      const listener = new Listener(logs.get(executionId), () => {
        count(userId, -1)
        listeners.delete(listener)
        if (listeners.size === 0 && byExecution.get(executionId) === listeners) byExecution.delete(executionId)
      })
      listeners.add(listener)
      count(userId, 1)
      if (!logs.has(executionId)) for (const observer of observers) observer.followedElsewhere?.(executionId)
      return listener
    },
    isFollowedElsewhere: (executionId) => byExecution.has(executionId) && !logs.has(executionId),
    followedElsewhere: () => [...byExecution.keys()].filter((id) => !logs.has(id)),
    observe: (observer) => void observers.push(observer),
    dismiss() {
      for (const listeners of byExecution.values()) for (const listener of listeners) listener.close()
    },
  }
}

class Listener implements EventSubscription {
  #log: EventLog | undefined
  #hasNews = false
  #resume: (() => void) | null = null
  #closed = false
  readonly #onClose: () => void

  constructor(log: EventLog | undefined, onClose: () => void) {
    this.#log = log
    this.#onClose = onClose
  }

  get isOver(): boolean {
    return this.#closed
  }

  serveFrom(log: EventLog): void {
    this.#log = log
    this.wake()
  }

  wake(): void {
    this.#hasNews = true
    this.#resume?.()
    this.#resume = null
  }

  since(cursor: number): readonly StoredEvent[] | null {
    this.#hasNews = false
    return this.#log?.since(cursor) ?? null
  }

  changed(): Promise<void> {
    if (this.#hasNews || this.#closed) return Promise.resolve()
    return new Promise((resolve) => (this.#resume = resolve))
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#onClose()
    this.wake()
  }
}
