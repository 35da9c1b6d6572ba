import type { Execution, ExecutionId, Message } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import type { PendingSend } from './outbox.ts'
import { toItems } from './to-items.ts'

const id = (name: string) => name as ExecutionId
const message = (role: Message['role'], key: string, executionId: string | null) =>
  ({ id: key, role, executionId, content: key, parts: [] }) as unknown as Message
const execution = (key: string, status: Execution['status']) => ({ id: key, status }) as unknown as Execution
const executions = (...list: Execution[]) => new Map(list.map((one) => [one.id, one]))
const pending: PendingSend = { clientKey: 'k', text: 'next', agentId: undefined, state: 'sending' }

const shape = (sources: Partial<Parameters<typeof toItems>[0]>) =>
  toItems({ messages: [], pending: [], executions: new Map(), liveId: null, ...sources }).map(
    (item) => `${item.kind === 'answer' && !item.message ? 'live' : item.kind} ${item.key}`,
  )

test('the live answer stands after its question and before what is sent next', () => {
  const messages = [message('user', 'q', 'x')]
  expect(shape({ messages, liveId: id('x'), pending: [pending] })).toEqual(['user q', 'live answer-x', 'pending k'])
})

test('the live and the stored answer have one key, so that the one becomes the other in place', () => {
  const question = message('user', 'q', 'x')
  const live = shape({ messages: [question], liveId: id('x') }).at(-1)
  const stored = shape({ messages: [question, message('assistant', 'a', 'x')], liveId: id('x') }).at(-1)
  expect(live).toBe('live answer-x')
  expect(stored).toBe('answer answer-x')
})

test('an answer to a question that is not loaded yet is shown at the end', () => {
  expect(shape({ liveId: id('x') })).toEqual(['live answer-x'])
})

test('an execution that ended without a word is told of', () => {
  const messages = [message('user', 'q', 'x')]
  expect(shape({ messages, executions: executions(execution('x', 'failed')) })).toEqual(['user q', 'outcome answer-x'])
  expect(shape({ messages, executions: executions(execution('x', 'completed')) })).toEqual(['user q'])
})

test('what the system was told is nobody’s message', () => {
  expect(shape({ messages: [message('system', 's', null)] })).toEqual([])
})
