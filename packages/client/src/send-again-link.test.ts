import { describe, expect, test, vi } from 'vitest'
import { toClientError } from './client-error.ts'
import { manualTiming } from './testing/manual-timing.ts'
import { type Answer, json, playServer, refusal, trpcRefusal, trpcResult } from './testing/played-server.ts'
import { createTransport } from './transport.ts'

const input = { conversationId: 'c1', content: 'Hello' }
const sent = { message: { id: 'm1' }, execution: { id: 'e1' } }

function world(answer: Answer) {
  const server = playServer(answer)
  // The half minute that one waits for an answer stands; pauses are over at once.
  const timing = manualTiming(25_000)
  const credentials = { token: async () => null, renew: async () => false }
  const transport = createTransport({
    url: 'http://api',
    headers: {},
    session: undefined,
    credentials,
    timing,
    ...server,
  })
  const send = (path = 'conversations.send', given: object = input, signal?: AbortSignal) =>
    transport.mutation(path, given, { context: { isDirect: true }, ...(signal && { signal }) })
  const keys = () => server.requests.map(({ body }) => (body as { clientKey?: string }).clientKey)
  const pauses = () => timing.waits.filter((ms) => ms !== 30_000)
  return { ...server, timing, send, keys, pauses }
}

describe('a send', () => {
  test('that fails on the way is made again with the same key, until it is answered', async () => {
    const failures = [
      new TypeError('fetch failed'),
      refusal(500, 'INTERNAL'),
      trpcRefusal(503, 'UNAVAILABLE'),
      new Response('<html>', { status: 502 }),
      new Response('<html>Sign in to this network</html>'),
      json({ error: 'a half' }, 504),
    ]
    const { send, keys, requests } = world((_, index) => failures[index] ?? trpcResult(sent))
    expect(await send()).toEqual(sent)
    expect(requests).toHaveLength(7)
    expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(keys()).size).toBe(1)
  })

  test('carries the key that it was given, and another than the send before where none was', async () => {
    const { send, keys } = world((_, index) => (index === 0 ? new TypeError('fetch failed') : trpcResult(sent)))
    await send('conversations.send', { ...input, clientKey: 'mine' })
    await send()
    await send()
    expect(keys().slice(0, 2)).toEqual(['mine', 'mine'])
    expect(new Set(keys()).size).toBe(3)
  })

  test('waits as long as the server says, and otherwise longer each time', async () => {
    const busy = () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 7 })
    const { send, pauses } = world((_, index) =>
      index === 0 ? busy() : index < 4 ? new TypeError('x') : trpcResult(sent),
    )
    await send()
    expect(pauses()).toEqual([7125, 375, 750, 1500])
  })

  test.for([
    [400, 'VALIDATION_FAILED'],
    [401, 'UNAUTHORIZED'],
    [404, 'NOT_FOUND'],
    [409, 'IDEMPOTENCY_MISMATCH'],
    [422, 'MODEL_NOT_CONFIGURED'],
    [429, 'RATE_LIMITED'],
  ] as const)('that the server refuses is not made again: %i', async ([status, code]) => {
    const { send, requests } = world(() => trpcRefusal(status, code))
    await expect(send()).rejects.toThrow(`refused: ${code}`)
    expect(requests).toHaveLength(1)
  })

  test('is given up after a while, and at once when it should come back much later', async () => {
    const down = world(() => new TypeError('fetch failed'))
    await expect(down.send()).rejects.toThrow('The server could not be reached.')
    expect(down.requests).toHaveLength(9)
    const later = world(() => refusal(503, 'UNAVAILABLE', { retryAfterSeconds: 3600 }))
    expect(await later.send().catch(toClientError)).toMatchObject({ code: 'UNAVAILABLE', status: 503 })
    expect(later.requests).toHaveLength(1)
  })

  test('that is never answered is made again, and the first one let go', async () => {
    const { send, requests, keys, timing } = world((_, index) =>
      index === 0 ? new Promise<Response>(() => {}) : trpcResult(sent),
    )
    const answer = send()
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    timing.fire()
    expect(await answer).toEqual(sent)
    expect(new Set(keys()).size).toBe(1)
    expect(requests[0]?.signal?.aborted).toBe(true)
    expect(timing.pending()).toBe(0)
  })

  test('that is never answered is given up sooner', async () => {
    const { send, requests, timing } = world(() => new Promise<Response>(() => {}))
    const answer = send().catch(toClientError)
    for (let tries = 1; tries <= 3; tries += 1) {
      await vi.waitFor(() => expect(requests).toHaveLength(tries))
      timing.fire()
    }
    expect(await answer).toMatchObject({ code: 'NETWORK', message: 'The server was silent for 30 seconds.' })
    expect(requests).toHaveLength(3)
  })

  test('is not made again once its signal has aborted', async () => {
    const gone = new AbortController()
    const { send, requests, timing } = world(() => refusal(503, 'UNAVAILABLE', { retryAfterSeconds: 40 }))
    const answer = send('conversations.send', input, gone.signal)
    await vi.waitFor(() => expect(timing.waits).toContain(40_125))
    gone.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    expect(timing.pending()).toBe(0)
    expect(requests).toHaveLength(1)
  })
})

test('another call is made once, and carries no key', async () => {
  const { send, requests } = world(() => new TypeError('fetch failed'))
  await expect(send('agents.get', { agentId: 'a' })).rejects.toThrow('The server could not be reached.')
  expect(requests.map(({ body }) => body)).toEqual([{ agentId: 'a' }])
})
