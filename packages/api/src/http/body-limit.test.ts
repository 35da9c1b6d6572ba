import { limits } from '@kickstartmyai/contract'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { bodyLimit } from './body-limit.ts'

const app = new Hono<AppEnv>()
  .use(requestId(), bodyLimit())
  .post('/', async (c) => c.text(String((await c.req.text()).length)))

/** A body of so many bytes whose length nobody says beforehand. */
function chunked(bytes: number) {
  const size = 64 * 1024
  let sent = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent >= bytes) return controller.close()
        const chunk = new Uint8Array(Math.min(size, bytes - sent)).fill(120)
        sent += chunk.length
        controller.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
  return {
    request: new Request('http://api/', { method: 'POST', body, duplex: 'half' } as RequestInit),
    sent: () => sent,
  }
}

test('a body up to the limit goes through', async () => {
  const answer = await app.request('/', { method: 'POST', body: 'x'.repeat(limits.bodyBytes) })
  expect(await answer.text()).toBe(String(limits.bodyBytes))
  expect(await (await app.request(chunked(limits.bodyBytes).request)).text()).toBe(String(limits.bodyBytes))
})

test('one byte more is refused, in the envelope of errors', async () => {
  const answer = await app.request('/', { method: 'POST', body: 'x'.repeat(limits.bodyBytes + 1) })
  expect(answer.status).toBe(413)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE', requestId: expect.any(String) } })
})

test('one that does not say how long it is is refused as soon as it is too long', async () => {
  const { request, sent } = chunked(100 * limits.bodyBytes)
  expect((await app.request(request)).status).toBe(413)
  expect(sent()).toBeLessThan(2 * limits.bodyBytes)
})
