import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { notFound, type StoredEvent } from '@kickstartmyai/domain'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test, vi } from 'vitest'
import type { AppEnv } from '../app-env.ts'
import { takeOverStreams } from './take-over.ts'
import { executionEvents, type ExecutionEventsOptions } from './execution-events.ts'

const executionId = '01a206ce-e0ec-7000-a1d2-89a4eee2c8f5'
const event = (seq: number, text = ''): StoredEvent => ({
  seq,
  type: 'text.delta',
  body: JSON.stringify({ type: 'text.delta', text }),
})

/** A server on a port of its own, whose followers hear what `follow` gives. */
async function serve(follow: ExecutionEventsOptions['follow'], options: Partial<ExecutionEventsOptions> = {}) {
  const app = new Hono<AppEnv>().use(takeOverStreams(), requestId())
  const authenticate = async () => ({ userId: 'u' }) as never
  app.get(
    '/executions/:executionId/events',
    executionEvents({ authenticate, follow, onFailure: () => {}, random: () => 0, ...options }),
  )
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/executions/${executionId}/events`
  return {
    url,
    async open(headers: Record<string, string> = {}): Promise<IncomingMessage> {
      const [response] = (await once(get(url, { headers }), 'response')) as [IncomingMessage]
      return response
    },
    async [Symbol.asyncDispose]() {
      ;(server as { closeAllConnections?: () => void }).closeAllConnections?.()
      server.close()
      await once(server, 'close')
    },
  }
}

test('a reader that goes away ends the following, also while nothing is said', async () => {
  const followed = Promise.withResolvers<AbortSignal>()
  await using server = await serve(async (_actor, _id, _after, signal) => {
    followed.resolve(signal)
    return (async function* () {
      yield [event(1)]
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    })()
  })
  const response = await server.open()
  await once(response, 'data')
  const signal = await followed.promise
  expect(signal.aborted).toBe(false)
  response.destroy()
  await vi.waitFor(() => expect(signal.aborted).toBe(true), { timeout: 5000 })
})

test('a reader that does not read costs a few batches, however much there is to say', async () => {
  const text = 'x'.repeat(256 * 1024)
  let made = 0
  await using server = await serve(async () =>
    (async function* () {
      while (made < 2000) yield [event(++made, text)]
    })(),
  )
  const response = await server.open()
  response.pause()
  let before = -1
  while (before !== made) {
    before = made
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  // What fits into the kernel's buffers, of half a gigabyte.
  expect(made).toBeLessThan(200)
  response.destroy()
})

test('the last event id is taken from the header, then from the query, and nothing else is', async () => {
  const asked: number[] = []
  await using server = await serve(async (_actor, _id, after) => {
    asked.push(after)
    return (async function* () {})()
  })
  const text = await (await fetch(`${server.url}?lastEventId=5`, { headers: { 'last-event-id': '7' } })).text()
  expect(text).toBe('retry: 500\n\nretry: 100\n\n')
  await (await fetch(`${server.url}?lastEventId=5`)).text()
  await (await fetch(server.url)).text()
  expect(asked).toEqual([7, 5, 0])
  for (const bad of ['x', '-1', '1.5', '', '1e3', '99999999999']) {
    const response = await fetch(`${server.url}?lastEventId=${bad}`)
    expect(response.status, bad).toBe(400)
    expect(await response.json(), bad).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
  }
})

test('what is refused before the stream begins is an ordinary answer', async () => {
  await using server = await serve(async () => {
    throw notFound('execution')
  })
  const response = await fetch(server.url)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND', requestId: expect.any(String) } })
})

test('a stream is told not to be kept, gathered or guessed at', async () => {
  await using server = await serve(async () => (async function* () {})())
  const { headers } = await fetch(server.url)
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-accel-buffering')).toBe('no')
})
