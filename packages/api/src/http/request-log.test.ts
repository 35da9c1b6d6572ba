import { silentLogger } from '@kickstartmyai/domain'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test, vi } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { requestLog } from './request-log.ts'

function world() {
  const log = { ...silentLogger, info: vi.fn(), error: vi.fn() }
  let time = 0
  const app = new Hono<AppEnv>()
  app.use(
    requestId(),
    requestLog(log, () => (time += 5)),
  )
  app.get('/things/:thingId', (c) => {
    c.set('actor', { userId: 'u1' } as never)
    return c.text('secret answer')
  })
  app.get('/broken', (c) => c.text('', 500))
  app.all('/*', (c) => c.text('', 404))
  return { app, log }
}

test('a request is one line: what was asked, by whom, how it ended, how long it took', async () => {
  const { app, log } = world()
  await app.request('/things/t1?key=secret', { headers: { 'x-request-id': 'r1', authorization: 'Bearer secret' } })
  expect(log.info.mock.calls).toEqual([
    [
      {
        requestId: 'r1',
        method: 'GET',
        route: '/things/:thingId',
        path: '/things/t1',
        status: 200,
        ms: 5,
        userId: 'u1',
      },
      'request',
    ],
  ])
  expect(JSON.stringify(log.info.mock.calls)).not.toContain('secret')
})

test('a failure of ours is an error in the log, a refusal is not', async () => {
  const { app, log } = world()
  await app.request('/broken')
  await app.request('/nothing')
  expect(log.error.mock.calls.map(([fields]) => (fields as { status: number }).status)).toEqual([500])
  expect(log.info.mock.calls.map(([fields]) => (fields as { status: number }).status)).toEqual([404])
})
