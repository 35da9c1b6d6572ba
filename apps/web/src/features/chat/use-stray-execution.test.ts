import type { Execution, ExecutionId, Message } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { strayExecution } from './use-stray-execution.ts'

const x = 'x' as ExecutionId
const question = { id: 'q', role: 'user', executionId: x } as unknown as Message
const answer = { id: 'a', role: 'assistant', executionId: x } as unknown as Message
const known = (status: Execution['status']) => new Map([[x, { id: x, status } as unknown as Execution]])

test('a question that another tab asked is missing', () => {
  expect(strayExecution({ liveId: x, messages: [{ ...question, executionId: null }], executions: new Map() })).toBe(x)
  expect(strayExecution({ liveId: x, messages: [question], executions: new Map() })).toBeNull()
})

test('an answer that was finished unheard is missing', () => {
  expect(strayExecution({ liveId: null, messages: [question], executions: known('running') })).toBe(x)
  expect(strayExecution({ liveId: null, messages: [question], executions: known('completed') })).toBe(x)
  expect(strayExecution({ liveId: null, messages: [question, answer], executions: known('completed') })).toBeNull()
})

test('no answer is missing where the execution ended without one', () => {
  expect(strayExecution({ liveId: null, messages: [question], executions: known('failed') })).toBeNull()
})
