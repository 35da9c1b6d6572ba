import type { Timing } from '../timing.ts'

export interface ManualTiming extends Timing {
  /** How long the waits that were begun are, in milliseconds. */
  waits: number[]
  /** Ends the oldest wait that is still on. */
  fire(): void
  /** How many waits are on. */
  pending(): number
}

/**
 * Time that stands still: a wait shorter than `skipBelowMs` is over at once, a longer one when the test says so. Chance
 * always throws the middle.
 */
export function manualTiming(skipBelowMs = 40_000): ManualTiming {
  const pending: (() => void)[] = []
  const waits: number[] = []
  return {
    waits,
    random: () => 0.5,
    after(ms, run) {
      waits.push(ms)
      if (ms < skipBelowMs) queueMicrotask(run)
      else pending.push(run)
      return () => {
        if (pending.includes(run)) pending.splice(pending.indexOf(run), 1)
      }
    },
    fire: () => pending.shift()?.(),
    pending: () => pending.length,
  }
}
