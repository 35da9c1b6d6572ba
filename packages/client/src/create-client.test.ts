import { describe, expect, test, vi } from 'vitest'
import { bearers, clientOf, trpcRefusal, trpcResult } from './testing/played-server.ts'

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
