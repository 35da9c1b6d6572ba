import { type StoredEvent } from '@kickstartmyai/domain'
import { expect, test } from 'vitest'
import { eventStream } from './event-stream.ts'
import { frame } from './frame.ts'

const event = (seq: number): StoredEvent => ({ seq, type: 'text.delta', body: `{"type":"text.delta","text":"${seq}"}` })
const options = { onError: () => '{}', onEnd: () => {}, pingMs: 60_000, retryMs: 700 }

test('an event is framed with its number, its type and its JSON', () => {
  expect(frame([event(7)])).toBe('id: 7\nevent: text.delta\ndata: {"seq":7,"type":"text.delta","text":"7"}\n\n')
})

test('batches come in order, and the end of them is the end of the stream', async () => {
  async function* batches() {
    yield [event(1), event(2)]
    yield [event(3)]
  }
  let ended = 0
  const text = await new Response(eventStream({ ...options, batches: batches(), onEnd: () => (ended += 1) })).text()
  expect(text).toBe(`retry: 700\n\n${frame([event(1), event(2), event(3)])}`)
  expect(ended).toBe(1)
})

test('a failure in the middle is told as an event, not swallowed', async () => {
  async function* batches() {
    yield [event(1)]
    throw new Error('broken')
  }
  const stream = eventStream({ ...options, batches: batches(), onError: () => '{"code":"INTERNAL"}' })
  expect(await new Response(stream).text()).toContain('event: error\ndata: {"code":"INTERNAL"}\n\n')
})

test('a reader that does not read is not produced for', async () => {
  let produced = 0
  async function* batches() {
    for (;;) yield [event(++produced)]
  }
  const reader = eventStream({ ...options, batches: batches() }).getReader()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(produced).toBeLessThan(5)
  await reader.cancel()
})

test('a reader that goes away ends the following', async () => {
  let gone = false
  const never = new Promise<never>(() => {})
  async function* batches() {
    yield [event(1)]
    await never
  }
  const reader = eventStream({ ...options, batches: batches(), onEnd: () => (gone = true) }).getReader()
  await reader.read()
  await reader.cancel()
  expect(gone).toBe(true)
})

test('a quiet stream is kept alive by comments', async () => {
  async function* batches() {
    await new Promise((resolve) => setTimeout(resolve, 80))
    yield [event(1)]
  }
  const text = await new Response(eventStream({ ...options, batches: batches(), pingMs: 10 })).text()
  expect(text).toContain(': ping\n\n')
})
