import { once } from 'node:events'
import { DomainError } from '@kickstartmyai/domain'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { RestMeta } from '../../meta.ts'
import { publicProcedure, router } from '../../trpc.ts'
import type { AppEnv } from '../app-env.ts'
import { refuse } from '../refuse.ts'
import { mountRest } from './mount-rest.ts'

const at = (method: RestMeta['method'], path: RestMeta['path'], status?: RestMeta['status']) =>
  publicProcedure.meta({
    access: 'public',
    rest: { method, path, tag: 'Things', summary: '', ...(status && { status }) },
  })

const Page = z.strictObject({ limit: z.coerce.number().int().optional(), tag: z.array(z.string()).optional() })
const New = z.strictObject({ name: z.string(), clientKey: z.string().optional() })
const Ref = z.strictObject({ thingId: z.string().max(20) })

const things = router({
  list: at('GET', '/things')
    .input(Page)
    .query(({ input }) => input),
  make: at('POST', '/things', 201)
    .input(New)
    .mutation(({ input }) => input),
  get: at('GET', '/things/{thingId}')
    .input(Ref)
    .query(({ input }) => input),
  change: at('PATCH', '/things/{thingId}')
    .input(Ref.extend({ name: z.string().optional() }))
    .mutation(({ input }) => input),
  remove: at('DELETE', '/things/{thingId}', 204)
    .input(Ref)
    .output(z.void())
    .mutation(() => {}),
  busy: at('GET', '/busy').query(() => {
    throw new DomainError('RATE_LIMITED', 'Too fast.', { retryAfterSeconds: 1.2 })
  }),
  broken: at('GET', '/broken').query(() => {
    throw new Error('select * from secrets')
  }),
  lying: at('GET', '/lying')
    .output(z.object({ count: z.number() }))
    .query(() => ({ count: 'many' as unknown as number })),
  search: at('GET', '/things/search')
    .input(z.strictObject({ q: z.string().optional() }))
    .query(({ input }) => ({ found: input })),
  slow: at('GET', '/slow').query(async ({ signal }) => {
    if (signal && !signal.aborted) await once(signal, 'abort')
    return { aborted: signal?.aborted }
  }),
  hidden: publicProcedure.query(() => 'for tRPC alone'),
})

function api() {
  const logged: unknown[] = []
  const app = new Hono<AppEnv>().use(requestId())
  mountRest(app, {
    router: router({ things }),
    createContext: (c) => ({ requestId: c.get('requestId') }) as Context,
    onError: (error, c) => {
      logged.push(error)
      return refuse(c, error)
    },
  })
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    }
  }
  return { app, call, logged }
}

const refused = (code: string, path?: string) => ({
  error: {
    code,
    requestId: expect.any(String),
    ...(path !== undefined && { details: { issues: [{ path, message: expect.any(String) }] } }),
  },
})

describe('a procedure over REST', () => {
  test('takes its input from query, path and body', async () => {
    const { call } = api()
    expect((await call('GET', '/things?limit=5&tag=a&tag=b')).body).toEqual({ limit: 5, tag: ['a', 'b'] })
    expect((await call('GET', '/things?tag=a')).body).toEqual({ tag: ['a'] })
    expect((await call('GET', '/things/t%201')).body).toEqual({ thingId: 't 1' })
    expect((await call('PATCH', '/things/t1', { name: 'new' })).body).toEqual({ thingId: 't1', name: 'new' })
    expect((await call('PATCH', '/things/t1')).body).toEqual({ thingId: 't1' })
  })

  test('answers with its own status, and with no body for 204', async () => {
    const { call } = api()
    expect(await call('POST', '/things', { name: 'x' })).toMatchObject({ status: 201, body: { name: 'x' } })
    expect(await call('DELETE', '/things/t1')).toMatchObject({ status: 204, body: null })
  })

  test('learns that its caller has gone', async () => {
    const gone = new AbortController()
    const answer = api().app.request('/api/v1/slow', { signal: gone.signal })
    gone.abort()
    expect(await (await answer).json()).toEqual({ aborted: true })
  })

  test('takes the Idempotency-Key header for its clientKey', async () => {
    const { call } = api()
    const headers = { 'idempotency-key': 'k1' }
    expect((await call('POST', '/things', { name: 'x' }, headers)).body).toEqual({ name: 'x', clientKey: 'k1' })
    expect((await call('POST', '/things', { name: 'x', clientKey: 'k1' }, headers)).status).toBe(201)
    const other = await call('POST', '/things', { name: 'x', clientKey: 'k2' }, headers)
    expect(other).toMatchObject({ status: 400, body: refused('VALIDATION_FAILED', 'clientKey') })
    expect((await call('PATCH', '/things/t1', {}, headers)).body).toEqual({ thingId: 't1' })
  })

  test.for([
    ['GET', '/things?limit=many', undefined, 'limit'],
    ['GET', '/things?limit=1&limit=2', undefined, 'limit'],
    ['GET', '/things?ownerId=1', undefined, ''],
    ['GET', '/busy?x=1', undefined, 'x'],
    ['POST', '/things', undefined, 'name'],
    ['POST', '/things', {}, 'name'],
    ['POST', '/things', { name: 'x', ownerId: 1 }, ''],
    ['POST', '/things', '{"name":', ''],
    ['POST', '/things', '[]', ''],
    ['POST', '/things?name=x', {}, 'name'],
    ['POST', '/things', 'null', ''],
    ['POST', '/things', '{"name":"x","__proto__":{}}', ''],
    ['GET', '/things?__proto__=x', undefined, ''],
    ['PATCH', '/things/t1', { thingId: 't2' }, 'thingId'],
    ['PATCH', '/things/t1?thingId=t2', {}, 'thingId'],
    ['GET', `/things/${'long'.repeat(10)}`, undefined, 'thingId'],
  ] as const)('refuses %s %s %j, naming the field', async ([method, path, body, field]) => {
    expect(await api().call(method, path, body)).toMatchObject({
      status: 400,
      body: refused('VALIDATION_FAILED', field),
    })
  })

  test('refuses JSON that is nested too deep', async () => {
    const answer = await api().call('POST', '/things', `{"name":${'['.repeat(40)}${']'.repeat(40)}}`)
    expect(answer).toMatchObject({ status: 400, body: { error: { message: 'The JSON is nested too deep.' } } })
  })

  test('refuses what is not JSON', async () => {
    const { call } = api()
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonx']) {
      const answer = await call('POST', '/things', '{"name":"x"}', { 'content-type': type })
      expect(answer, type).toMatchObject({ status: 415, body: refused('UNSUPPORTED_MEDIA_TYPE') })
    }
    expect(
      (await call('POST', '/things', '{"name":"x"}', { 'content-type': 'Application/JSON; charset=utf-8' })).status,
    ).toBe(201)
  })
})

describe('a path', () => {
  test('that is not there, or is there for other methods, says so', async () => {
    const { call } = api()
    expect(await call('GET', '/nothing')).toMatchObject({ status: 404, body: refused('NOT_FOUND') })
    expect(await call('GET', '/hidden')).toMatchObject({ status: 404 })
    const wrong = await call('PUT', '/things', {})
    expect(wrong).toMatchObject({ status: 405, body: refused('METHOD_NOT_ALLOWED') })
    expect(wrong.headers.get('allow')).toBe('GET, POST')
  })

  test('that is spelled out goes before one with a parameter in its place', async () => {
    const { call } = api()
    expect((await call('GET', '/things/search?q=a')).body).toEqual({ found: { q: 'a' } })
    const wrong = await call('DELETE', '/things/search')
    expect(wrong).toMatchObject({ status: 405, body: refused('METHOD_NOT_ALLOWED') })
    expect(wrong.headers.get('allow')).toBe('GET')
  })

  test('for GET answers HEAD with the same status and headers, and no body', async () => {
    const answer = await api().call('HEAD', '/things/t1')
    expect(answer).toMatchObject({ status: 200, body: null })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.for([
    ['GET', '/a', 'Two procedures claim GET /a.'],
    ['DELETE', '/{b}', '/{a} and /{b} are the same path.'],
  ] as const)('that two procedures claim stops the start: %s %s', ([method, path, message]) => {
    const places = [at('GET', '/a'), at('GET', '/{a}'), at(method, path)]
    const clash = router(Object.fromEntries(places.map((place, index) => [`p${index}`, place.query(() => 1)])))
    const options = { createContext: () => ({}) as Context, onError: () => new Response() }
    expect(() => mountRest(new Hono<AppEnv>(), { router: clash, ...options })).toThrow(message)
  })
})

describe('a failure', () => {
  test('that passes says when to come back', async () => {
    const answer = await api().call('GET', '/busy')
    expect(answer).toMatchObject({ status: 429, body: refused('RATE_LIMITED') })
    expect(answer.headers.get('retry-after')).toBe('2')
  })

  test('that nobody meant is logged as it is and told as nothing', async () => {
    for (const path of ['/broken', '/lying']) {
      const { call, logged } = api()
      const answer = await call('GET', path)
      expect(answer).toMatchObject({ status: 500, body: refused('INTERNAL') })
      expect(JSON.stringify(answer.body)).not.toMatch(/secrets|many|expected/)
      expect(logged).toHaveLength(1)
    }
  })
})
