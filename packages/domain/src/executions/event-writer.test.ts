import type { ExecutionId } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import type { QueuedWrite } from './event-flusher.ts'
import { createEventWriter } from './event-writer.ts'
import { LeaseLost } from './lease-lost.ts'

const lease = { id: '019a0000-0000-7000-8000-000000000001' as ExecutionId, epoch: 1 }

function writer() {
  const queue: QueuedWrite[] = []
  const moment = Promise.withResolvers<void>()
  const flusher = {
    push: (queued: QueuedWrite) => void queue.push(queued),
    settled: async () => {},
    between: <Result>(work: () => Promise<Result>) => work(),
  }
  const made = createEventWriter({ flusher, clock: { now: () => 0, sleep: () => moment.promise } }, lease, 7, () => {})
  const flush = () => {
    const taken = queue.splice(0)
    const events = taken.flatMap(({ take }) => take().events.map(({ seq, body }) => `${seq} ${body}`))
    for (const { onWritten } of taken) onWritten?.()
    return events
  }
  return { ...made, queue, flush, moment }
}

const text = (said: string) => ({ type: 'text.delta', text: said }) as const

test('text that waits for the same flush is one event; other events keep their places', () => {
  const { append, flush } = writer()
  append({ type: 'attempt.started', step: 0, attempt: 1 })
  append({ type: 'reasoning.delta', text: 'Hm.' })
  append(text('One '))
  append(text('two'))
  expect(flush()).toEqual([
    '8 {"type":"attempt.started","step":0,"attempt":1}',
    '9 {"type":"reasoning.delta","text":"Hm."}',
    '10 {"type":"text.delta","text":"One two"}',
  ])
  append(text(' three'))
  expect(flush()).toEqual(['11 {"type":"text.delta","text":" three"}'])
})

test('nothing is added to what stands before a write of its own', async () => {
  const { append, write, flush } = writer()
  append(text('before'))
  const written = write('step_finished', [{ type: 'attempt.started', step: 1, attempt: 1 }], {})
  append(text('after'))
  expect(flush()).toEqual([
    '8 {"type":"text.delta","text":"before"}',
    '9 {"type":"attempt.started","step":1,"attempt":1}',
    '10 {"type":"text.delta","text":"after"}',
  ])
  await written
})

test('long text becomes several events', () => {
  const { append, flush } = writer()
  for (let piece = 0; piece < 10; piece++) append(text('x'.repeat(1000)))
  expect(flush()).toHaveLength(2)
})

test('a model that is faster than the database waits until its text is written, or its lease is lost', async () => {
  const fast = writer()
  expect(fast.room()).toBeUndefined()
  for (let piece = 0; piece < 300; piece++) fast.append(text('x'.repeat(1000)))
  const room = fast.room()
  expect(room).toBeInstanceOf(Promise)
  fast.flush()
  await room
  expect(fast.room()).toBeUndefined()

  for (let piece = 0; piece < 300; piece++) fast.append(text('x'.repeat(1000)))
  const never = fast.room()
  for (const { onLost } of fast.queue) onLost()
  await never
  expect(() => fast.append(text('more'))).toThrow(LeaseLost)
})

test('an announcement waits a moment for company', async () => {
  const { announce, append, flush, queue, moment } = writer()
  announce({ type: 'attempt.started', step: 0, attempt: 1 })
  expect(queue).toEqual([])
  append(text('Hello'))
  expect(flush()).toEqual([
    '8 {"type":"attempt.started","step":0,"attempt":1}',
    '9 {"type":"text.delta","text":"Hello"}',
  ])
  announce({ type: 'attempt.started', step: 1, attempt: 1 })
  moment.resolve()
  await moment.promise
  expect(flush()).toEqual(['10 {"type":"attempt.started","step":1,"attempt":1}'])
})
