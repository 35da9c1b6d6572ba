import type { Conversation } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { awaitsTitle } from './awaits-title.ts'

const now = Date.UTC(2026, 10, 23, 12)
const awaits = (titleSource: Conversation['titleSource'], secondsAgo: number | null) =>
  awaitsTitle(
    {
      titleSource,
      lastMessageAt: secondsAgo === null ? null : new Date(now - secondsAgo * 1000).toISOString(),
    } as Conversation,
    now,
  )

test('a title is looked out for while the prompt stands for it, and for a while only', () => {
  expect(awaits('prompt', 5)).toBe(true)
  expect(awaits('prompt', 90)).toBe(false)
  expect(awaits('prompt', null)).toBe(false)
})

test.each(['kept', 'generated', 'person'] as const)('none is looked out for after one that is %s', (source) => {
  expect(awaits(source, 5)).toBe(false)
})
