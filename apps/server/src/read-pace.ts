import { performance } from 'node:perf_hooks'
import type { ReadPace } from '@kickstartmyai/ai'

/** How often the load is looked at, in milliseconds. */
const lookMs = 50
/** A single burst is no load. */
const busyLooksBefore = 2
const firstMs = 20
/** Longest pause between two reads of a stream, for each stream that there is, and at most. */
const longestMsEach = 0.25
const longestMs = 250
/** Few streams are read in turn soon enough, however busy the process is. */
const fewestStreams = 150
/** The share of time that the event loop may be busy before streams are read less often, and when more often again. */
const busy = 0.9
const relaxed = 0.75

/**
 * How long a stream is left alone between two reads: not at all while the event loop has time to spare, then longer and
 * longer, as far as the number of streams calls for it. The same tokens in fewer, larger pieces cost a fraction, so that
 * new requests still get their turn.
 */
export function createReadPace(streams: () => number): ReadPace {
  let pause = 0
  let busyLooks = 0
  let lookedAt = performance.now()
  let before = performance.eventLoopUtilization()

  const look = () => {
    const after = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(after, before)
    before = after
    busyLooks = utilization > busy ? busyLooks + 1 : 0
    if (busyLooks >= busyLooksBefore) pause = Math.max(pause * 2, firstMs)
    else if (utilization < relaxed) pause = pause < firstMs ? 0 : pause * 0.8
    const count = streams()
    pause = count < fewestStreams ? 0 : Math.min(pause, longestMs, count * longestMsEach)
  }

  return () => {
    const now = performance.now()
    if (now - lookedAt >= lookMs) {
      lookedAt = now
      look()
    }
    return pause
  }
}
