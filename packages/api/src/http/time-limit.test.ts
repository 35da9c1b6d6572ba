import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { timeLimit } from './time-limit.ts'

test('an answer that does not come is a refusal that says when to look again, whatever becomes of the work', async () => {
  const { promise, reject } = Promise.withResolvers<never>()
  const app = new Hono<AppEnv>().use(requestId(), timeLimit(5)).get('/', () => promise)
  const answer = await app.request('/')
  expect(answer.status).toBe(504)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(await answer.json()).toMatchObject({ error: { code: 'TIMEOUT', requestId: expect.any(String) } })
  reject(new Error('too late for anybody'))
})

test('an answer that comes is left alone', async () => {
  const app = new Hono<AppEnv>().use(requestId(), timeLimit(60_000)).get('/', (c) => c.text('done'))
  expect(await (await app.request('/')).text()).toBe('done')
})
