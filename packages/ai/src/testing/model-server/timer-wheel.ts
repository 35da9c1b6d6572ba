const tickMs = 2
const slotCount = 512

interface Waiting {
  dueTick: number
  wake: () => void
}

/**
 * Many sleepers on one timer: a ring of slots, a tick each, turned by one timeout while anyone sleeps. A thousand paced
 * streams cost a thousand array pushes a beat, not a thousand timers.
 */
export class TimerWheel {
  readonly #slots: Waiting[][] = Array.from({ length: slotCount }, () => [])
  readonly #startedAt = performance.now()
  #tick = 0
  #sleepers = 0
  #timer: NodeJS.Timeout | undefined

  /** Milliseconds on the wheel's own clock. */
  now(): number {
    return performance.now() - this.#startedAt
  }

  /** Resolves once `now()` has reached `due`; never early, and up to a tick late. */
  until(due: number): Promise<void> {
    return new Promise((wake) => {
      if (this.#sleepers === 0) this.#tick = Math.floor(this.now() / tickMs)
      const dueTick = Math.max(this.#tick + 1, Math.ceil(due / tickMs))
      this.#slots[dueTick % slotCount]?.push({ dueTick, wake })
      this.#sleepers += 1
      this.#timer ??= setTimeout(this.#turn, tickMs)
    })
  }

  /** Wakes nobody any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sleepers = 0
    for (const slot of this.#slots) slot.length = 0
  }

  readonly #turn = (): void => {
    const target = Math.floor(this.now() / tickMs)
    // After a pause of more than a turn every slot is looked at once.
    const last = Math.min(target, this.#tick + slotCount)
    for (let tick = this.#tick + 1; tick <= last; tick += 1) this.#empty(tick % slotCount, target)
    this.#tick = Math.max(this.#tick, target)
    this.#timer = this.#sleepers > 0 ? setTimeout(this.#turn, tickMs) : undefined
  }

  #empty(index: number, target: number): void {
    const slot = this.#slots[index]
    if (!slot || slot.length === 0) return
    const due = slot.filter(({ dueTick }) => dueTick <= target)
    this.#slots[index] = slot.filter(({ dueTick }) => dueTick > target)
    this.#sleepers -= due.length
    for (const { wake } of due) wake()
  }
}
