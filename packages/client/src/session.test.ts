import { describe, expect, test, vi } from 'vitest'
import { cookieSession, memorySession } from './session-storage.ts'
import {
  type Answer,
  bearers,
  clientOf,
  completed,
  eventStream,
  frame,
  json,
  refusal,
  trpcRefusal,
  trpcResult,
} from './testing/played-server.ts'

const user = { id: 'u', email: 'a@b.c', fullName: null, role: 'user', createdAt: '2026-01-01T00:00:00.000Z' }
const sessionOf = (name: string) => ({
  user,
  accessToken: `${name}-access`,
  refreshToken: `${name}-refresh`,
  expiresIn: 900,
})

/** A server that knows one access token, and gives the next one for its refresh token. */
function rotating() {
  const state = { current: 'first', refreshes: 0, isOver: false }
  const answer: Answer = async ({ path, headers, body }) => {
    await Promise.resolve()
    if (path === '/trpc/auth.login' || path === '/trpc/auth.register' || path === '/trpc/auth.refresh') {
      return trpcResult(sessionOf(state.current))
    }
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

  test('is renewed once for streams and calls that were refused together', async () => {
    const { answer, state } = rotating()
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'first-refresh' })
    const { api } = clientOf(
      (request, index) => {
        if (!request.path.endsWith('/events')) return answer(request, index)
        const isKnown = request.headers.get('authorization') === `Bearer ${state.current}-access`
        return isKnown ? eventStream([frame(completed(1))], 'open') : refusal(401, 'TOKEN_EXPIRED')
      },
      { session },
    )
    const follow = async (id: string) => {
      const seqs: number[] = []
      for await (const { seq } of api.executions.follow(id)) seqs.push(seq)
      return seqs
    }
    const ids = Array.from({ length: 20 }, (_, index) => `e${index}`)
    const [calls, ...streams] = await Promise.all([Promise.all([api.auth.me(), api.agents.list()]), ...ids.map(follow)])
    expect(calls).toHaveLength(2)
    expect(streams).toEqual(ids.map(() => [1]))
    expect(state.refreshes).toBe(1)
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

  test('is entered by making an account, and by asking for new tokens', async () => {
    const { answer, state } = rotating()
    const session = memorySession()
    const { api, requests } = clientOf(answer, { session })
    await api.auth.register(credentials)
    state.current = 'second'
    await api.auth.refresh()
    expect(requests.at(-1)?.body).toEqual({ refreshToken: 'first-refresh' })
    expect(session.load()).toEqual({ accessToken: 'second-access', refreshToken: 'second-refresh' })
  })

  test('is cleared when asking for new tokens is refused', async () => {
    const session = memorySession()
    await session.save({ accessToken: 'a', refreshToken: 'spent' })
    const { api, requests } = clientOf(() => trpcRefusal(401, 'UNAUTHORIZED'), { session })
    await expect(api.auth.refresh()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(requests).toHaveLength(1)
    expect(session.load()).toBeNull()
  })

  test('that nobody has entered is not renewed, nor is one whose call failed for another reason', async () => {
    const anonymous = clientOf(() => trpcRefusal(401, 'UNAUTHORIZED'), { session: memorySession() })
    await expect(anonymous.api.auth.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(anonymous.requests).toHaveLength(1)

    const session = memorySession()
    await session.save({ accessToken: 'a', refreshToken: 'b' })
    const { api, requests } = clientOf(() => trpcRefusal(403, 'FORBIDDEN'), { session })
    await expect(api.auth.me()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(requests).toHaveLength(1)
  })

  test('is renewed each time it expires, and keeps a refresh token that stays the same', async () => {
    const session = memorySession()
    await session.save({ accessToken: 'stale', refreshToken: 'constant' })
    let current = 0
    const { api } = clientOf(
      ({ path, headers }) => {
        if (path.endsWith('/refresh')) return json({ user, accessToken: `token-${++current}`, expiresIn: 900 })
        const isKnown = headers.get('authorization') === `Bearer token-${current}`
        return isKnown ? trpcResult(current) : trpcRefusal(401, 'TOKEN_EXPIRED')
      },
      { session },
    )
    expect(await api.auth.me()).toBe(1)
    await session.save({ accessToken: 'stale', refreshToken: 'constant' })
    expect(await api.auth.me()).toBe(2)
    expect(session.load()).toEqual({ accessToken: 'token-2', refreshToken: 'constant' })
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
