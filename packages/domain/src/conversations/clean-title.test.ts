import { expect, test } from 'vitest'
import { cleanTitle } from './clean-title.ts'

test.each([
  ['Baking sourdough bread', 'Baking sourdough bread'],
  ['"Baking bread"', 'Baking bread'],
  ['“Brot backen”.', 'Brot backen'],
  ['„Brot backen“', 'Brot backen'],
  ['"Hamlet" explained', '"Hamlet" explained'],
  ['"Hamlet" and "Macbeth"', '"Hamlet" and "Macbeth"'],
  ['**Title: Baking bread**', 'Baking bread'],
  ['Title: "Baking bread."', 'Baking bread'],
  ['# Baking bread\n\nA fine title, is it not?', 'Baking bread'],
  ['\n\n  Baking\t bread  \r\nmore', 'Baking bread'],
  ['<think>The user wants…\nbread?</think>\nBaking bread', 'Baking bread'],
  ['- Baking bread', 'Baking bread'],
  ['C++ and C#', 'C++ and C#'],
  ['And so on...', 'And so on...'],
  ['🍞', '🍞'],
  ['a\0b\u202Ecd', 'a\uFFFDb cd'],
  ['half \uD83D', 'half \uFFFD'],
])('%j becomes %j', (said, title) => {
  expect(cleanTitle(said)).toBe(title)
})

test.each(['', '   \n ', '""', '***', '…', '<think>I wonder'])('nothing is left of %j', (said) => {
  expect(cleanTitle(said)).toBeNull()
})

test('a long one is cut at a word, and no character in two', () => {
  const long = cleanTitle('bread and butter '.repeat(20))
  expect(long).toMatch(/^(bread and butter )+.*…$/)
  expect(long?.length).toBeLessThanOrEqual(81)
  expect(cleanTitle('👩‍🚀'.repeat(60))?.isWellFormed()).toBe(true)
})
