import { describe, expect, test } from 'vitest'
import { createClient } from './create-client.ts'
import { exchangeToken } from './exchange-token.ts'
import { memorySession } from './session-storage.ts'
import { manualTiming } from './testing/manual-timing.ts'
import { playServer, refusal, trpcRefusal } from './testing/played-server.ts'
import { realTiming } from './timing.ts'

/** An answer whose connection breaks in mid-body. */
function cut(): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"result":')),
      pull: (controller) => controller.error(new TypeError('terminated')),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}

const never = () => new Promise<Response>(() => {})
const isRefresh = (path: string) => path === '/api/v1/auth/refresh'

describe('an answer that breaks off', () => {
  test('is a server that was not reached', async () => {
    const { fetch } = playServer(cut)
    await expect(createClient({ url: 'http://api', fetch }).auth.me()).rejects.toMatchObject({ code: 'NETWORK' })
  })

  test('does not end the session when it was to bring the new token', async () => {
    const session = memorySession()
    await session.save({ accessToken: 'old', refreshToken: 'kept' })
    const { fetch } = playServer(({ path }) => (isRefresh(path) ? cut() : trpcRefusal(401, 'TOKEN_EXPIRED')))
    const api = createClient({ url: 'http://api', fetch, session })
    await expect(api.auth.me()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(session.load()).toEqual({ accessToken: 'old', refreshToken: 'kept' })
  })
})

describe('a server that never gives the new token', () => {
  test('does not keep a call that its signal ends', async () => {
    const session = memorySession()
    await session.save({ accessToken: 'old', refreshToken: 'kept' })
    const gone = new AbortController()
    const { fetch } = playServer(({ path }) => {
      if (!isRefresh(path)) return trpcRefusal(401, 'TOKEN_EXPIRED')
      gone.abort(new Error('enough'))
      return never()
    })
    const api = createClient({ url: 'http://api', fetch, session })
    await expect(api.auth.me(undefined, { signal: gone.signal })).rejects.toThrow('enough')
  })

  test('is waited for up to a deadline, and told as a server that was not reached', async () => {
    const timing = manualTiming(25_000)
    const answer = exchangeToken({ url: 'http://api', fetch: never, headers: {}, timing })('token')
    timing.fire()
    await expect(answer).rejects.toMatchObject({ name: 'ClientError', code: 'NETWORK' })
  })

  test('is told apart from one that refuses', async () => {
    const { fetch } = playServer(() => refusal(401, 'UNAUTHORIZED'))
    const exchange = exchangeToken({ url: 'http://api', fetch, headers: {}, timing: realTiming })
    await expect(exchange('spent')).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401 })
  })
})
