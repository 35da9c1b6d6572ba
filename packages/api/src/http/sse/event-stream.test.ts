import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type StoredEvent } from '@kickstartmyai/domain'
import { expect, test, vi } from 'vitest'
import { type EventStream, writeEventStream } from './event-stream.ts'
import { frame } from './frame.ts'

const event = (seq: number): StoredEvent => ({ seq, type: 'text.delta', body: `{"type":"text.delta","text":"${seq}"}` })
const last: StoredEvent = { seq: 9, type: 'execution.completed', body: '{"type":"execution.completed"}' }

/** A server that answers everything with one stream. */
async function serve(stream: Partial<EventStream> & Pick<EventStream, 'batches'>) {
  const options = { onError: () => '{}', onEnd: () => {}, pingMs: 60_000, retryMs: () => 700, returnMs: () => 100 }
  const server = createServer((_, out) => void writeEventStream(out, { ...options, ...stream }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    async open(): Promise<IncomingMessage> {
      const { port } = server.address() as AddressInfo
      const [response] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage]
      return response
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

test('an event is framed with its number, its type and its JSON', () => {
  expect(frame([event(7)])).toBe('id: 7\nevent: text.delta\ndata: {"seq":7,"type":"text.delta","text":"7"}\n\n')
})

test('batches come in order, and the end of them is the end of the stream', async () => {
  let ended = false
  await using server = await serve({
    batches: (async function* () {
      yield [event(1), event(2)]
      yield [last]
    })(),
    onEnd: () => (ended = true),
  })
  expect(await text(await server.open())).toBe(`retry: 700\n\n${frame([event(1), event(2), last])}`)
  expect(ended).toBe(true)
})

test('a stream that ends before its time says when to come back', async () => {
  await using server = await serve({
    batches: (async function* () {
      yield [event(1)]
    })(),
  })
  expect(await text(await server.open())).toBe(`retry: 700\n\n${frame([event(1)])}retry: 100\n\n`)
})

test('a failure in the middle is told as an event, not swallowed', async () => {
  await using server = await serve({
    batches: (async function* () {
      yield [event(1)]
      throw new Error('broken')
    })(),
    onError: () => '{"code":"INTERNAL"}',
  })
  expect(await text(await server.open())).toContain('event: error\ndata: {"code":"INTERNAL"}\n\n')
})

test('a reader that goes away ends the following', async () => {
  let gone = false
  const never = new Promise<never>(() => {})
  await using server = await serve({
    batches: (async function* () {
      yield [event(1)]
      await never
    })(),
    onEnd: () => (gone = true),
  })
  const response = await server.open()
  await once(response, 'data')
  expect(gone).toBe(false)
  response.destroy()
  await vi.waitFor(() => expect(gone).toBe(true), { timeout: 5000 })
})

test('a quiet stream is kept alive by comments', async () => {
  await using server = await serve({
    batches: (async function* () {
      await sleep(80)
      yield [last]
    })(),
    pingMs: 10,
  })
  expect(await text(await server.open())).toContain(': ping\n\n')
})
