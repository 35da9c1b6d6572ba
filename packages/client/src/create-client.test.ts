import { describe, expect, test, vi } from 'vitest'
import { type ClientOptions, createClient } from './create-client.ts'
import { cookieSession, memorySession } from './session-storage.ts'
import {
  type Answer,
  json,
  type PlayedRequest,
  playServer,
  refusal,
  trpcRefusal,
  trpcResult,
} from './testing/played-server.ts'

function clientOf(answer: Answer, options: Partial<ClientOptions> = {}) {
  const server = playServer(answer)
  return { ...server, api: createClient({ url: 'http://api', fetch: server.fetch, ...options }) }
}

const user = { id: 'u', email: 'a@b.c', fullName: null, role: 'user', createdAt: '2026-01-01T00:00:00.000Z' }
const sessionOf = (name: string) => ({
  user,
  accessToken: `${name}-access`,
  refreshToken: `${name}-refresh`,
  expiresIn: 900,
})
const bearers = (requests: PlayedRequest[]) => requests.map(({ headers }) => headers.get('authorization'))

describe('a call', () => {
  test('sends its input by POST, with token and headers, and gives the output', async () => {
    const { api, requests } = clientOf(() => trpcResult({ id: 'a1' }), {
      token: 'secret',
      headers: { 'x-from': 'test' },
    })
    expect(await api.agents.get({ agentId: 'a1' })).toEqual({ id: 'a1' })
    const [request] = requests
    expect(request).toMatchObject({ method: 'POST', path: '/trpc/agents.get', body: { agentId: 'a1' } })
    expect(request?.headers.get('authorization')).toBe('Bearer secret')
    expect(request?.headers.get('x-from')).toBe('test')
  })

  test('throws what the server said', async () => {
    const { api } = clientOf(() => trpcRefusal(404, 'NOT_FOUND'))
    await expect(api.agents.get({ agentId: 'a1' })).rejects.toMatchObject({
      name: 'ClientError',
      code: 'NOT_FOUND',
      status: 404,
      requestId: 'r-1',
    })
  })

  test('tells a server that is not reached from a proxy that answers for it', async () => {
    const { api } = clientOf((_, index) =>
      index === 0 ? new TypeError('fetch failed') : new Response('<html>', { status: 502 }),
    )
    await expect(api.auth.me()).rejects.toMatchObject({ code: 'NETWORK', status: undefined })
    await expect(api.auth.me()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 502 })
  })

  test('throws the reason of its signal', async () => {
    const gone = new AbortController()
    const { api } = clientOf(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    )
    const call = api.auth.me(undefined, { signal: gone.signal })
    gone.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
  })

  test('asks the given function for its token each time, and again when one is refused', async () => {
    const token = vi.fn().mockResolvedValueOnce('one').mockResolvedValue('two')
    const { api, requests } = clientOf(
      (_, index) => (index === 0 ? trpcRefusal(401, 'TOKEN_EXPIRED') : trpcResult({})),
      { token },
    )
    await api.auth.me()
    expect(bearers(requests)).toEqual(['Bearer one', 'Bearer two'])
  })

  test('is made once where nothing can be renewed', async () => {
    const { api, requests } = clientOf(() => trpcRefusal(401, 'UNAUTHORIZED'), { token: 'fixed' })
    await expect(api.auth.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(requests).toHaveLength(1)
  })

  test('is no promise: a client can be awaited', async () => {
    const { api } = clientOf(() => trpcResult({}))
    expect(await Promise.resolve(api)).toBe(api)
    expect(await Promise.resolve(api.agents)).toBeDefined()
  })
})

/** A server that knows one access token, and gives the next one for its refresh token. */
function rotating() {
  const state = { current: 'first', refreshes: 0, isOver: false }
  const answer: Answer = async ({ path, headers, body }) => {
    await Promise.resolve()
    if (path === '/trpc/auth.login') return trpcResult(sessionOf(state.current))
    if (path === '/trpc/auth.logout') return trpcResult(null)
    if (path === '/api/v1/auth/refresh') {
      state.refreshes += 1
      const isValid = (body as { refreshToken?: string }).refreshToken === `${state.current}-refresh`
      if (state.isOver || !isValid) return refusal(401, 'UNAUTHORIZED')
      state.current = 'second'
      return json(sessionOf(state.current))
    }
    const isKnown = headers.get('authorization') === `Bearer ${state.current}-access`
    return isKnown ? trpcResult({ ok: true }) : trpcRefusal(401, 'TOKEN_EXPIRED')
  }
  return { state, answer }
}

describe('a session', () => {
  const credentials = { email: 'a@b.c', password: 'a long password' }

  test('is entered by signing in and left by signing out', async () => {
    const { answer } = rotating()
    const session = memorySession()
    const { api, requests } = clientOf(answer, { session })
    await api.auth.login(credentials)
    expect(session.load()).toEqual({ accessToken: 'first-access', refreshToken: 'first-refresh' })
    await api.agents.list()
    expect(bearers(requests)).toEqual([null, 'Bearer first-access'])
    await api.auth.logout()
    expect(requests.at(-1)?.body).toEqual({ refreshToken: 'first-refresh' })
    expect(session.load()).toBeNull()
  })

  test('is renewed once for all calls that were refused, and they are made again', async () => {
    const { answer, state } = rotating()
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'first-refresh' })
    const { api, requests } = clientOf(answer, { session })
    await expect(Promise.all([api.agents.list(), api.auth.me(), api.models.list()])).resolves.toHaveLength(3)
    expect(state.refreshes).toBe(1)
    expect(requests).toHaveLength(7)
    expect(session.load()).toEqual({ accessToken: 'second-access', refreshToken: 'second-refresh' })
  })

  test('that another process renewed is taken over', async () => {
    const { answer, state } = rotating()
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'spent' })
    const { api } = clientOf(
      async (request, index) => {
        if (index === 0) await session.save({ accessToken: 'first-access', refreshToken: 'first-refresh' })
        return answer(request, index)
      },
      { session },
    )
    await expect(api.auth.me()).resolves.toEqual({ ok: true })
    expect(state.refreshes).toBe(0)
  })

  test('that the server has ended is cleared and told', async () => {
    const { answer, state } = rotating()
    state.isOver = true
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'first-refresh' })
    const onSessionEnd = vi.fn()
    const { api } = clientOf(answer, { session, onSessionEnd })
    const calls = await Promise.allSettled([api.auth.me(), api.agents.list()])
    expect(calls.map((call) => call.status === 'rejected' && (call.reason as { code: string }).code)).toEqual([
      'UNAUTHORIZED',
      'UNAUTHORIZED',
    ])
    expect(session.load()).toBeNull()
    expect(onSessionEnd).toHaveBeenCalledOnce()
  })

  test('outlives a server that is not there to renew it', async () => {
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'first-refresh' })
    const { api } = clientOf(
      ({ path }) => (path.endsWith('/refresh') ? new TypeError('fetch failed') : trpcRefusal(401, 'TOKEN_EXPIRED')),
      { session },
    )
    await expect(api.auth.me()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(session.load()).toMatchObject({ refreshToken: 'first-refresh' })
  })

  test('that was left while it was being renewed stays left', async () => {
    const { answer } = rotating()
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'first-refresh' })
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const { api, requests } = clientOf(
      async (request, index) => {
        if (request.path.endsWith('/refresh')) await held
        return answer(request, index)
      },
      { session },
    )
    const call = api.auth.me()
    await vi.waitFor(() => expect(requests.at(-1)?.path).toBe('/api/v1/auth/refresh'))
    await api.auth.logout()
    letGo()
    await expect(call).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
    expect(session.load()).toBeNull()
  })

  test('of a browser holds no refresh token and is brought back by the cookie', async () => {
    const session = cookieSession()
    const { api, requests } = clientOf(
      ({ path, headers }) => {
        if (path === '/api/v1/auth/refresh') return json({ ...sessionOf('cookie'), refreshToken: undefined })
        return headers.get('authorization') === 'Bearer cookie-access'
          ? trpcResult({})
          : trpcRefusal(401, 'UNAUTHORIZED')
      },
      { session },
    )
    await api.auth.me()
    expect(requests.map(({ path }) => path)).toEqual(['/trpc/auth.me', '/api/v1/auth/refresh', '/trpc/auth.me'])
    expect(requests[1]?.body).toEqual({})
    expect(session.load()).toEqual({ accessToken: 'cookie-access' })
  })
})
