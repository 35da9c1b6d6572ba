import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { realTiming } from './timing.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const hour = 3_600_000

test('a timer is due after its time, once, and not at all when it was called off', () => {
  const [run, never] = [vi.fn(), vi.fn()]
  realTiming.after(45_000, run)
  const callOff = realTiming.after(45_000, never)
  vi.advanceTimersByTime(44_999)
  expect(run).not.toHaveBeenCalled()
  callOff()
  vi.advanceTimersByTime(hour)
  expect(run).toHaveBeenCalledOnce()
  expect(never).not.toHaveBeenCalled()
})

test('one that slept with the machine is due soon after waking', () => {
  const run = vi.fn()
  realTiming.after(45_000, run)
  vi.advanceTimersByTime(10_000)
  // The lid is closed: the clock goes on, timers do not.
  vi.setSystemTime(Date.now() + hour)
  vi.advanceTimersByTime(2000)
  expect(run).toHaveBeenCalledOnce()
})

test('a short sleep does not end a long wait', () => {
  const run = vi.fn()
  realTiming.after(45_000, run)
  vi.setSystemTime(Date.now() + 20_000)
  vi.advanceTimersByTime(24_000)
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(2000)
  expect(run).toHaveBeenCalledOnce()
})

test('a clock that is set back does not make it later', () => {
  const run = vi.fn()
  realTiming.after(45_000, run)
  vi.setSystemTime(Date.now() - hour)
  vi.advanceTimersByTime(45_000)
  expect(run).toHaveBeenCalledOnce()
})

test('a wait of months is not taken for none, as setTimeout does', () => {
  const run = vi.fn()
  realTiming.after(60 * 24 * hour, run)
  vi.advanceTimersByTime(hour)
  expect(run).not.toHaveBeenCalled()
})
