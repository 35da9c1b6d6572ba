import { realTiming, type Timing } from '../timing.ts'

export interface HastyTiming extends Timing {
  /** How long the waits that were begun would be, in milliseconds. */
  waits: number[]
}

/** Real timers that run so many times faster. */
export function hastyTiming(times: number): HastyTiming {
  const waits: number[] = []
  return {
    waits,
    random: () => 0.5,
    after(ms, run) {
      waits.push(ms)
      return realTiming.after(ms / times, run)
    },
  }
}
