import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { rawRequest, request, statusOf } from './raw-request.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

test.for([
  '/api/v1/agents/%2e%2e/auth/me',
  '/api/v1/agents/../auth/me',
  '/api/v1/agents/.%2E/auth/me',
  '/api/v1/agents/%252e%252e/auth/me',
  '/api/v1/agents%2f..%2fauth%2fme',
  '/api/v1/agents/%5c..%5cauth/me',
  '/api/v1/auth/me%00',
  '/api/v1/auth/me%0d%0aSet-Cookie:%20a=b',
  '/api/v1//auth/me',
  '//evil.example/api/v1/auth/me',
  '/api/v1/auth/%6',
  '/api/v1/auth/me/',
  '/trpc/%61uth.me%2f',
  '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '/assets/%2e%2e/index.html',
  '/api/v1/%ff%fe',
])('the path %s leads nowhere', async (path) => {
  const answer = await rawRequest(server.url, request(`GET ${path}`))
  expect(statusOf(answer)).toBe(404)
  expect(answer).toContain('"code":"NOT_FOUND"')
  expect(answer).not.toMatch(/set-cookie|root:/i)
})

test('the plain path is there, so that the others had something to reach', async () => {
  expect(statusOf(await rawRequest(server.url, request('GET /api/v1/auth/me')))).toBe(401)
})

test('a backslash is no slash, and nothing is found behind it', async () => {
  const answer = await rawRequest(server.url, request(String.raw`GET /api/v1/agents/..\auth\me`))
  expect(statusOf(answer)).toBe(400)
  expect(answer).not.toContain('UNAUTHORIZED')
})
