import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { publicProcedure, router } from '../trpc.ts'
import type { AppEnv } from './app-env.ts'
import { trpcDoor } from './trpc-door.ts'

const procedures = router({ echo: publicProcedure.input(z.unknown()).mutation(({ input }) => input ?? null) })

const app = new Hono<AppEnv>().use(requestId()).all('/trpc/*', trpcDoor(), (c) =>
  fetchRequestHandler({
    endpoint: '/trpc',
    router: procedures,
    req: c.req.raw,
    createContext: () => ({ requestId: c.get('requestId') }) as Context,
    maxBatchSize: 2,
  }),
)

const post = (path: string, body: string | FormData, type?: string) =>
  app.request(path, { method: 'POST', body, ...(type !== undefined && { headers: { 'content-type': type } }) })

test('JSON goes through', async () => {
  const answer = await post('/trpc/echo', '{"a":1}', 'application/json; charset=utf-8')
  expect(await answer.json()).toEqual({ result: { data: { a: 1 } } })
})

test('what a form or a stream of bytes could send does not', async () => {
  const form = new FormData()
  form.set('a', '1')
  for (const answer of [
    await post('/trpc/echo', form),
    await post('/trpc/echo', 'a=1', 'application/x-www-form-urlencoded'),
    await post('/trpc/echo', '{}', 'text/plain'),
    await post('/trpc/echo', 'bytes', 'application/octet-stream'),
  ]) {
    expect(answer.status).toBe(415)
    expect(await answer.json()).toMatchObject({
      error: { code: 'UNSUPPORTED_MEDIA_TYPE', requestId: expect.any(String) },
    })
  }
})

test('deep nesting and NUL are refused before any procedure sees them', async () => {
  for (const text of [
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    String.raw`{"a":["\u0000"]}`,
    String.raw`{"\u0000":1}`,
  ]) {
    const answer = await post('/trpc/echo', text, 'application/json')
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { data: { error: { code: 'VALIDATION_FAILED' } } } })
  }
})

test('what tRPC refuses by itself is JSON with our code, and without a stack', async () => {
  const batch = await post('/trpc/echo,echo,echo?batch=1', '{}', 'application/json')
  expect(batch.headers.get('content-type')).toBe('application/json')
  const text = await batch.text()
  expect(JSON.parse(text)).toMatchObject({ error: { data: { error: { code: 'VALIDATION_FAILED' } } } })
  expect(text).not.toContain('stack')
  expect((await app.request('/trpc/echo')).status).toBe(405)
  expect((await app.request('/trpc/nothing')).status).toBe(404)
  expect((await app.request('/trpc/%E0%A4%A')).status).toBe(404)
})
