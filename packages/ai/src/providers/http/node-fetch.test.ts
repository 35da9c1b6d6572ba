import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { ask, textRequest } from '../../testing/ask.ts'
import { createAnthropicProvider } from '../anthropic/create-provider.ts'

const answer = [
  { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
]
  .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('')

/** A server that answers as it is told to, and a model that asks it. */
async function serve(listener: RequestListener) {
  const server = createServer((request, out) => {
    request.resume()
    listener(request, out)
  })
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    model: createAnthropicProvider({ apiKey: 'key-of-the-test', baseURL }).model('claude-sonnet-5-5'),
    openSockets: () => sockets.size,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const stream = { 'content-type': 'text/event-stream' }

test('a connection is used again after a whole answer', async () => {
  await using server = await serve((_request, out) => out.writeHead(200, stream).end(answer))
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await ask(server.model)).chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    // The socket goes back to its pool when the end of the body has come in.
    await new Promise(setImmediate)
  }
  expect(server.connections()).toBe(1)
})

test.each(['leaves', 'aborts'])('a reader that %s when the whole answer has come in breaks nothing', async (how) => {
  await using server = await serve((_request, out) => out.writeHead(200, stream).end(answer))
  const stop = new AbortController()
  const listen = async () => {
    for await (const chunk of server.model.stream(textRequest('Hello'), stop)) {
      if (chunk.type !== 'text') continue
      if (how === 'leaves') return
      stop.abort()
    }
  }
  // An error that nobody listens to would end the process, and fails the run.
  await Promise.allSettled(Array.from({ length: 20 }, listen))
  await vi.waitFor(() => expect(server.openSockets()).toBe(0))
})

test('an abort while an error is read ends it', async () => {
  const stop = new AbortController()
  const reason = new Error('stopped by a person')
  await using server = await serve((_request, out) => {
    out.writeHead(500).write('no')
    stop.abort(reason)
  })
  await expect(ask(server.model, textRequest('Hello'), stop.signal)).rejects.toBe(reason)
  await vi.waitFor(() => expect(server.openSockets()).toBe(0))
})

test('a body that goes on after the last event is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await using server = await serve((_request, out) => void out.writeHead(200, stream).write(answer))
    expect((await ask(server.model)).chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    expect(server.openSockets()).toBe(1)
    await vi.advanceTimersByTimeAsync(1000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(server.openSockets()).toBe(0))
  } finally {
    vi.useRealTimers()
  }
})

test('a server that hangs up before it answers may answer later', async () => {
  await using server = await serve((request) => request.socket.destroy())
  expect((await ask(server.model)).error).toMatchObject({ kind: 'unavailable', retryable: true })
})

test('an answer that is no stream is not taken for one', async () => {
  await using server = await serve((_request, out) =>
    out.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Welcome</h1>'),
  )
  const { error } = await ask(server.model)
  expect(error).toMatchObject({ kind: 'malformed', retryable: false })
  expect(error?.message).toContain('base URL')
})

test('a redirect is not followed with the key', async () => {
  await using server = await serve((_request, out) => out.writeHead(307, { location: 'http://127.0.0.1:1/' }).end())
  expect((await ask(server.model)).error).toMatchObject({ kind: 'rejected_request', status: 307 })
  expect(server.connections()).toBe(1)
})

test('an error that never ends is read only so far', async () => {
  await using server = await serve((_request, out) => {
    out.writeHead(500, { 'content-type': 'text/plain' })
    const more = () => {
      while (!out.destroyed && out.write('no '.repeat(10_000)));
    }
    out.on('drain', more)
    more()
  })
  expect((await ask(server.model)).error).toMatchObject({ kind: 'unavailable', status: 500 })
  await vi.waitFor(() => expect(server.openSockets()).toBe(0))
})

test('listeners do not pile up on a signal that lives long', async () => {
  await using server = await serve((_request, out) => out.writeHead(200, stream).end(answer))
  const { signal } = new AbortController()
  const added = vi.spyOn(signal, 'addEventListener')
  const removed = vi.spyOn(signal, 'removeEventListener')
  for (let turn = 0; turn < 5; turn += 1) await ask(server.model, textRequest('Hello'), signal)
  expect(added).toHaveBeenCalledTimes(5)
  expect(removed).toHaveBeenCalledTimes(5)
})
