import { expect, test } from 'vitest'
import { ExecutionStatus, isTerminal } from './execution.ts'
import { ExecutionEventBody, isTerminalEvent } from './execution-event.ts'

test('an execution is over in exactly four ways', () => {
  expect(ExecutionStatus.options.filter(isTerminal)).toEqual(['completed', 'failed', 'cancelled', 'timed_out'])
})

test('a stream ends after exactly three events', () => {
  const types = ExecutionEventBody.options.map((option) => option.shape.type.value)
  expect(types.filter(isTerminalEvent)).toEqual(['execution.completed', 'execution.failed', 'execution.cancelled'])
})

test('types are named noun.verb and stand once', () => {
  const types = ExecutionEventBody.options.map((option) => option.shape.type.value)
  expect(new Set(types).size).toBe(types.length)
  for (const type of types) expect(type).toMatch(/^[a-z]+\.[a-z]+$/)
})

test('a type that nobody knows is not an event', () => {
  expect(ExecutionEventBody.safeParse({ type: 'text.deleted', text: 'x' }).success).toBe(false)
})
