// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { frameBatcher } from './frame-batcher.ts'

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] }),
)
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function collect() {
  const batches: number[][] = []
  return { batches, batcher: frameBatcher<number>((batch) => batches.push(batch)) }
}

test('what comes between two frames is handed over with the second', () => {
  const { batches, batcher } = collect()
  for (const item of [1, 2, 3]) batcher.add(item)
  expect(batches).toEqual([])
  vi.advanceTimersToNextFrame()
  batcher.add(4)
  vi.advanceTimersToNextFrame()
  vi.advanceTimersToNextFrame()
  expect(batches).toEqual([[1, 2, 3], [4]])
})

test('a hidden page, which has no frames, is told by a timer', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  const { batches, batcher } = collect()
  batcher.add(1)
  vi.advanceTimersByTime(100)
  batcher.add(2)
  expect(batches).toEqual([])
  vi.advanceTimersByTime(150)
  expect(batches).toEqual([[1, 2]])
})

test('what waits is handed over at once by flush and forgotten by stop', () => {
  const { batches, batcher } = collect()
  batcher.add(1)
  batcher.flush()
  batcher.add(2)
  batcher.stop()
  vi.advanceTimersToNextFrame()
  batcher.flush()
  expect(batches).toEqual([[1]])
})
