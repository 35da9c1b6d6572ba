import { expect, test } from 'vitest'
import { calculator } from './calculator.ts'

const context = { signal: new AbortController().signal, now: () => 0 }

test('gives the result beside the expression', () => {
  expect(calculator.run({ expression: '17*23' }, context)).toEqual({ expression: '17*23', result: 391 })
})

test('takes a bounded, non-empty expression and nothing else', () => {
  expect(calculator.input.parse({ expression: ' 1 + 1 ' })).toEqual({ expression: '1 + 1' })
  expect(calculator.input.safeParse({ expression: '  ' }).success).toBe(false)
  expect(calculator.input.safeParse({ expression: '1+'.repeat(300) }).success).toBe(false)
  expect(calculator.input.safeParse({ expression: 2 }).success).toBe(false)
})
