import { performance } from 'node:perf_hooks'
import type { ReadPace } from '@kickstartmyai/ai'

/** How often the load is looked at, in milliseconds. */
const lookMs = 50
/** Longest pause between two reads of a stream. */
const longestMs = 500
const firstMs = 10
/** A single burst is no load. */
const busyLooksBefore = 3
/** The share of time that the event loop may be busy before streams are read less often, and when more often again. */
const busy = 0.95
const relaxed = 0.8

/**
 * How long a stream is left alone between two reads: not at all while the event loop has time to spare, then longer and
 * longer. The same tokens in fewer, larger pieces cost a fraction, so that new requests still get their turn.
 */
export function createReadPace(): ReadPace {
  let pause = 0
  let busyLooks = 0
  let lookedAt = performance.now()
  let before = performance.eventLoopUtilization()
  return () => {
    const now = performance.now()
    if (now - lookedAt < lookMs) return pause
    const after = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(after, before)
    before = after
    lookedAt = now
    busyLooks = utilization > busy ? busyLooks + 1 : 0
    if (busyLooks >= busyLooksBefore) pause = Math.min(Math.max(pause * 2, firstMs), longestMs)
    else if (utilization < relaxed) pause = pause < firstMs ? 0 : pause * 0.8
    return pause
  }
}
