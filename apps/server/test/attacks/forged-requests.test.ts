import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { rawRequest, request, statusOf } from './raw-request.ts'

const friend = 'https://app.example.com'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ CORS_ORIGINS: friend })
})
afterAll(() => server[Symbol.asyncDispose]())

const looksAlike = [
  'null',
  'https://app.example.com.evil.test',
  'http://app.example.com',
  'https://app.example.com:8443',
  'https://evil-app.example.com',
  'https://example.com',
  'HTTPS://APP.EXAMPLE.COM',
  'https://app.example.com/',
]

test.for(looksAlike)('CORS: a page of %s may neither read nor act', async (origin) => {
  for (const path of ['/api/v1/agents', '/trpc/agents.list']) {
    const asked = await fetch(server.url + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
    expect(
      (await fetch(server.url + path, { headers: { origin } })).headers.get('access-control-allow-origin'),
    ).toBeNull()
  }
  const acted = await fetch(`${server.url}/api/v1/auth/logout`, { method: 'POST', headers: { origin } })
  expect(acted.status).toBe(403)
})

test('CORS: a page of the origin that is named may, and caches keep origins apart', async () => {
  const answer = await fetch(`${server.url}/api/v1/agents`, { headers: { origin: friend } })
  expect(answer.headers.get('access-control-allow-origin')).toBe(friend)
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
  expect(answer.headers.get('vary')).toContain('Origin')
})

const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

test.for([
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'],
  ['text/plain', '{}'],
  ['application/x-www-form-urlencoded', 'a=1'],
  ['application/json', '{}'],
] as const)('CSRF: a form that sends %s to a mutation without an input is refused', async ([type, body]) => {
  for (const path of ['/trpc/auth.logout', '/trpc/auth.logout?batch=1', '/api/v1/auth/logout']) {
    const headers = { ...evil, 'content-type': type, cookie: 'kickstartmyai_refresh=x' }
    const answer = await fetch(server.url + path, { method: 'POST', headers, body })
    expect(answer.status, path).toBe(403)
    expect(answer.headers.get('set-cookie'), path).toBeNull()
  }
})

test('CSRF: a mutation cannot be called by GET, nor by another way to say POST', async () => {
  const headers = { ...evil, 'x-http-method-override': 'POST', 'x-method-override': 'POST' }
  for (const path of ['/trpc/auth.logout', '/trpc/auth.logout?_method=POST', '/api/v1/auth/logout?_method=POST']) {
    const answer = await fetch(server.url + path, { headers })
    expect(answer.status, path).toBe(405)
    expect(answer.headers.get('set-cookie'), path).toBeNull()
  }
})

test('host header: a name that a stranger owns is refused, and forwarded ones change nothing', async () => {
  const rebound = await rawRequest(
    server.url,
    'GET /api/v1/models HTTP/1.1\r\nHost: rebound.evil.example\r\nConnection: close\r\n\r\n',
  )
  expect(statusOf(rebound)).toBe(403)
  const forwarded = await rawRequest(
    server.url,
    request('GET /openapi.json', ['X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example']),
  )
  expect(statusOf(forwarded)).toBe(200)
  expect(forwarded).not.toContain('evil.example')
})

test('request id: a short plain one is kept, any other is replaced', async () => {
  const idFor = async (id: string) =>
    (await fetch(`${server.url}/health/live`, { headers: { 'x-request-id': id } })).headers.get('x-request-id')
  expect(await idFor('abc-123')).toBe('abc-123')
  for (const id of ['a'.repeat(101), '<script>', 'a b', '"{}"']) expect(await idFor(id)).toMatch(/^[\w-]{36}$/)
})
