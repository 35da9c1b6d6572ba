import { createRequestWindow } from '@kickstartmyai/domain'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { rateLimit } from './rate-limit.ts'

const window = (name: string, points: number) =>
  createRequestWindow({ name, points, seconds: 60 }, { now: () => 0, shareMs: 1000 })

function serve(points: number) {
  let served = 0
  const app = new Hono<AppEnv>()
    .use(requestId(), async (c, next) => {
      c.set('origin', { address: c.req.header('x-test-address') ?? null, userAgent: null, requestId: null })
      return next()
    })
    .use(
      rateLimit({ ofAddress: window('address', points), ofUser: window('user', points), ofKey: window('key', points) }),
    )
    .all('*', (c) => c.text(String((served += 1))))
  const ask = (path = '/', address = '192.0.2.1') => app.request(path, { headers: { 'x-test-address': address } })
  return { ask, served: () => served }
}

test('every answer tells what is left; the one too many says when to come back, and nothing is done', async () => {
  const { ask, served } = serve(2)
  const first = await ask()
  expect(first.headers.get('ratelimit-policy')).toBe('"address";q=2;w=60')
  expect(first.headers.get('ratelimit')).toMatch(/^"address";r=1;t=\d+$/)
  await ask()
  const refused = await ask()
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/)
  expect(served()).toBe(2)
  expect((await ask('/health/live')).status).toBe(200)
})

test('an IPv6 network is one caller, another network another', async () => {
  const { ask } = serve(1)
  expect((await ask('/', '2001:db8::1')).status).toBe(200)
  expect((await ask('/', '2001:db8::2')).status).toBe(429)
  expect((await ask('/', '2001:db8:0:1::2')).status).toBe(200)
})

test('a batch counts for its calls', async () => {
  const { ask } = serve(5)
  expect((await ask('/trpc/a.b,a.b,a.b?batch=1')).headers.get('ratelimit')).toContain('r=2')
  expect((await ask('/trpc/a.b,a.b,a.b?batch=1')).status).toBe(429)
})

test('without a limit nothing is told', async () => {
  expect((await serve(0).ask()).headers.get('ratelimit')).toBeNull()
})
