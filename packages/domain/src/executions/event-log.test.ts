import type { UserId } from '@kickstartmyai/contract'
import type { StoredEvent } from '@kickstartmyai/db'
import { expect, test } from 'vitest'
import { EventLog } from './event-log.ts'

const event = (seq: number, size = 10): StoredEvent => ({ seq, type: 'text.delta', body: 'x'.repeat(size) })
const owner = 'a' as UserId
const seqs = (events: readonly StoredEvent[] | null) => events?.map(({ seq }) => seq) ?? null

test('a reader gets what comes after its place, and the database what came before the log', () => {
  const log = new EventLog(owner, 3)
  expect(seqs(log.since(3))).toEqual([])
  log.append([event(4), event(5)])
  log.append([event(6)])
  expect(seqs(log.since(3))).toEqual([4, 5, 6])
  expect(seqs(log.since(5))).toEqual([6])
  expect(seqs(log.since(6))).toEqual([])
  expect(seqs(log.since(2))).toBe(null)
})

test('a closed log gives what it has, then sends to the database', () => {
  const log = new EventLog(owner, 0)
  log.append([event(1)])
  log.close()
  expect(seqs(log.since(0))).toEqual([1])
  expect(log.since(1)).toBe(null)
})

test('a log keeps the newest events, within its bounds', () => {
  const log = new EventLog(owner, 0)
  for (let seq = 1; seq <= 100; seq++) log.append([event(seq, 4000)])
  const kept = log.since(99)
  expect(seqs(kept)).toEqual([100])
  expect(log.since(0)).toBe(null)
  const first = [...Array(100).keys()].find((cursor) => log.since(cursor) !== null) ?? 0
  expect(seqs(log.since(first))).toEqual(Array.from({ length: 100 - first }, (_, index) => first + index + 1))
  expect((100 - first) * 4000).toBeLessThanOrEqual(64 * 1024)
})

test('a gap is never given: what came before it is forgotten', () => {
  const log = new EventLog(owner, 0)
  log.append([event(1), event(2)])
  log.append([event(5)])
  expect(log.since(2)).toBe(null)
  expect(seqs(log.since(4))).toEqual([5])
})
