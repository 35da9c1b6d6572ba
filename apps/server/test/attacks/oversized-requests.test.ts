import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type Person } from '../person.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { rawRequest, request, statusOf } from './raw-request.ts'

let server: TestServer
let person: Person
beforeAll(async () => {
  server = await startTestServer()
  person = await newPerson(server.url)
})
afterAll(() => server[Symbol.asyncDispose]())

test('a body that is announced with 1 GB is refused before it is sent', async () => {
  const answer = await rawRequest(
    server.url,
    request('POST /api/v1/auth/login', ['Content-Type: application/json', 'Content-Length: 1073741824']),
  )
  expect(statusOf(answer)).toBe(413)
  expect(answer).toContain('PAYLOAD_TOO_LARGE')
})

test('a batch of thousands is refused', async () => {
  for (const [count, statuses] of [
    [1500, [400]],
    [5000, [431, 400]],
  ] as const) {
    const path = `/trpc/${Array.from({ length: count }, () => 'auth.me').join(',')}?batch=1`
    expect(statuses, String(count)).toContain(statusOf(await rawRequest(server.url, request(`GET ${path}`))))
  }
  expect((await person.call('GET', '/auth/me')).status).toBe(200)
})

test('a hundred headers and no more, and no more than 16 KiB of them', async () => {
  const many = (count: number, value = 'x') => Array.from({ length: count }, (_, n) => `X-${n}: ${value}`)
  expect(statusOf(await rawRequest(server.url, request('GET /health/live', many(50))))).toBe(200)
  expect(statusOf(await rawRequest(server.url, request('GET /health/live', many(150))))).toBe(400)
  expect(statusOf(await rawRequest(server.url, request('GET /health/live', many(50, 'x'.repeat(1000)))))).toBe(431)
})

test('an object of 100,000 unknown fields is refused in few words', async () => {
  const fields = Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`field${n}`, 1]))
  const answer = await person.call('POST', '/agents', { name: 'x', ...fields })
  expect(answer.status).toBe(400)
  expect(JSON.stringify(answer.body).length).toBeLessThan(5000)
})

test.for(['__proto__', 'constructor', 'prototype', 'toString'])('a field named %s changes nothing', async (name) => {
  const bodies = [`{"name":"x","${name}":{"polluted":true}}`, `{"name":"x","tools":[],"${name}":1}`]
  for (const body of bodies) expect((await person.call('POST', '/agents', body)).status).toBe(400)
  const query = await person.call('GET', `/agents?${name}=1&${name}[polluted]=1`)
  expect([200, 400]).toContain(query.status)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
