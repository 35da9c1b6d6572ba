import { expect, test } from 'vitest'
import { jsonDepth } from './json-depth.ts'

test.for([
  ['1', 0],
  ['{}', 1],
  ['{"a":[{"b":[]}]}', 4],
  ['["[[[[", "\\"[[["]', 1],
  ['[[],[],[]]', 2],
] as const)('%s is %i deep', ([text, depth]) => {
  expect(jsonDepth(text)).toBe(depth)
})

test('a long unterminated string of quotes takes one pass', () => {
  expect(jsonDepth(`"${'\\"'.repeat(500_000)}`)).toBe(0)
})
