import type { Conversation } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { groupByDate } from './group-by-date.ts'

/** Noon and evening in the zone of whoever runs this. */
const at = (year: number, month: number, day: number, hour = 12) => new Date(year, month - 1, day, hour)
const now = at(2026, 11, 23, 0)
const spoken = (date: Date) =>
  ({ id: date.toISOString(), createdAt: date.toISOString(), lastMessageAt: date.toISOString() }) as Conversation
const labels = (...dates: Date[]) => groupByDate(dates.map(spoken), now).map((group) => group.label)

test('a minute past midnight the evening before is yesterday', () => {
  expect(labels(at(2026, 11, 23, 0), at(2026, 11, 22, 23))).toEqual(['Today', 'Yesterday'])
})

test('weeks and months by their last word, in the given order', () => {
  const dates = [at(2026, 11, 18), at(2026, 11, 17), at(2026, 11, 2), at(2026, 9, 30), at(2025, 9, 30)]
  expect(labels(...dates)).toEqual(['Last 7 days', 'Last 30 days', 'September 2026', 'September 2025'])
})

test('a clock that is ahead makes no tomorrow', () => {
  expect(labels(at(2026, 11, 24))).toEqual(['Today'])
})

test('a conversation without a word counts from when it was made', () => {
  const made = { ...spoken(at(2026, 11, 22)), lastMessageAt: null }
  expect(groupByDate([made], now)[0]).toMatchObject({ label: 'Yesterday', conversations: [made] })
})
