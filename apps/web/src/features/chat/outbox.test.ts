import type { ConversationId } from '@kickstartmyai/contract'
import { expect, test, vi } from 'vitest'
import { createOutbox, type PendingSend } from './outbox.ts'

const here = 'here' as ConversationId
const there = 'there' as ConversationId
const send = (clientKey: string, state: PendingSend['state'] = 'sending'): PendingSend => ({
  clientKey,
  text: clientKey,
  agentId: undefined,
  state,
})

test('keeps what is unsent by conversation, in order', () => {
  const outbox = createOutbox()
  outbox.put(here, send('a'))
  outbox.put(there, send('b'))
  outbox.put(here, send('c'))
  expect(outbox.of(here).map((one) => one.clientKey)).toEqual(['a', 'c'])
})

test('a failure takes the place of the attempt', () => {
  const outbox = createOutbox()
  outbox.put(here, send('a'))
  outbox.put(here, send('b'))
  outbox.put(here, send('a', 'failed'))
  expect(outbox.of(here).map((one) => `${one.clientKey} ${one.state}`)).toEqual(['a failed', 'b sending'])
})

test('tells of changes until it is no longer asked, and stays the same in between', () => {
  const outbox = createOutbox()
  const listener = vi.fn()
  const stop = outbox.subscribe(listener)
  outbox.put(here, send('a'))
  expect(outbox.of(here)).toBe(outbox.of(here))
  outbox.remove(here, 'a')
  stop()
  outbox.put(here, send('b'))
  expect(listener).toHaveBeenCalledTimes(2)
})
