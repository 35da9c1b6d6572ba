import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type Person } from './person.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let person: Person
let stranger: Person

beforeAll(async () => {
  server = await startTestServer()
  person = await newPerson(server.url)
  stranger = await newPerson(server.url)
})
afterAll(() => server[Symbol.asyncDispose]())

const uuid = '01a206ce-e0ec-7000-a1d2-89a4eee2c8f5'

test.for([
  ['POST', '/auth/register', undefined, 400, 'VALIDATION_FAILED'],
  ['POST', '/auth/register', '{', 400, 'VALIDATION_FAILED'],
  ['POST', '/auth/register', { email: 'x', password: 'long enough' }, 400, 'VALIDATION_FAILED'],
  ['POST', '/auth/register', { email: 'a@b.cd', password: 'short' }, 400, 'VALIDATION_FAILED'],
  ['POST', '/auth/register', { email: 'a@b.cd', password: 'long enough', role: 'admin' }, 400, 'VALIDATION_FAILED'],
  ['POST', '/auth/login', { email: 'nobody@example.com', password: 'whatever' }, 401, 'INVALID_CREDENTIALS'],
  ['POST', '/auth/refresh', { refreshToken: ['a'] }, 400, 'VALIDATION_FAILED'],
  ['POST', '/auth/refresh', {}, 401, 'UNAUTHORIZED'],
  ['POST', '/agents', { name: '' }, 400, 'VALIDATION_FAILED'],
  ['POST', '/agents', { name: 'x', ownerId: uuid }, 400, 'VALIDATION_FAILED'],
  ['POST', '/agents', { name: 'x', tools: ['no-such-tool'] }, 400, 'VALIDATION_FAILED'],
  ['POST', '/agents', { name: 'nul \0 inside' }, 400, 'VALIDATION_FAILED'],
  ['GET', '/agents?limit=0', undefined, 400, 'VALIDATION_FAILED'],
  ['GET', '/agents?limit=1000', undefined, 400, 'VALIDATION_FAILED'],
  ['GET', '/agents?cursor=garbage', undefined, 400, 'VALIDATION_FAILED'],
  ['GET', '/agents?unknown=1', undefined, 400, 'VALIDATION_FAILED'],
  ['GET', '/agents/not-an-id', undefined, 400, 'VALIDATION_FAILED'],
  ['GET', `/agents/${uuid}`, undefined, 404, 'NOT_FOUND'],
  ['GET', '/nothing/here', undefined, 404, 'NOT_FOUND'],
  ['PUT', '/agents', {}, 405, 'METHOD_NOT_ALLOWED'],
  ['POST', `/conversations/${uuid}/messages`, { content: 'Hello' }, 404, 'NOT_FOUND'],
  ['POST', `/conversations/${uuid}/messages`, { content: [] }, 400, 'VALIDATION_FAILED'],
  ['POST', `/conversations/${uuid}/messages`, { content: { a: 1 } }, 400, 'VALIDATION_FAILED'],
  ['GET', `/executions/${uuid}/events`, undefined, 404, 'NOT_FOUND'],
  ['GET', `/executions/${uuid}/events?lastEventId=-1`, undefined, 400, 'VALIDATION_FAILED'],
  ['POST', `/executions/${uuid}/cancel`, undefined, 404, 'NOT_FOUND'],
] as const)('%s %s %j is refused with %i %s', async ([method, path, body, status, code]) => {
  const answer = await person.call(method, path, body)
  expect(answer).toMatchObject({ status, body: { error: { code, requestId: expect.any(String) } } })
  expect(answer.body.error.message.length).toBeGreaterThan(5)
  expect(JSON.stringify(answer.body)).not.toMatch(/select |\.ts:|node_modules/)
})

test('a wrong media type is refused', async () => {
  const answer = await person.call('POST', '/agents', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' })
  expect(answer).toMatchObject({ status: 415, body: { error: { code: 'UNSUPPORTED_MEDIA_TYPE' } } })
})

test('a body of 20 MB is refused on every route, and the server lives on', async () => {
  const big = JSON.stringify({ name: 'x'.repeat(20_000_000) })
  for (const path of ['/api/v1/agents', '/trpc/agents.create', '/api/v1/auth/login', '/nowhere']) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${person.accessToken}` }
    const response = await fetch(server.url + path, { method: 'POST', headers, body: big })
    expect(response.status, path).toBe(413)
    expect(await response.json(), path).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE' } })
  }
  expect((await person.call('GET', '/auth/me')).status).toBe(200)
})

test('deep nesting is refused', async () => {
  const answer = await person.call('POST', '/agents', `{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`)
  expect(answer.status).toBe(400)
})

test.for(['', 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic abc', 'Bearer eyJhbGciOiJub25lIn0.e30.'])(
  'the credentials «%s» are refused',
  async (authorization) => {
    const answer = await person.call('GET', '/auth/me', undefined, { authorization })
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } })
  },
)

test('a foreign id is answered like one that never was, on every path', async () => {
  const agent = (await person.call('POST', '/agents', { name: 'Mine' })).body.id
  const conversation = (await person.call('POST', '/conversations', { agentId: agent })).body.id
  const sent = (await person.call('POST', `/conversations/${conversation}/messages`, { content: 'Hello' })).body
  await person.follow(sent.execution.id)
  const paths: [string, string, unknown?][] = [
    ['GET', `/agents/${agent}`],
    ['PATCH', `/agents/${agent}`, { name: 'Theirs' }],
    ['DELETE', `/agents/${agent}`],
    ['POST', '/conversations', { agentId: agent }],
    ['GET', `/conversations/${conversation}`],
    ['PATCH', `/conversations/${conversation}`, { title: 'Theirs' }],
    ['DELETE', `/conversations/${conversation}`],
    ['GET', `/conversations/${conversation}/messages`],
    ['POST', `/conversations/${conversation}/messages`, { content: 'Hi' }],
    ['GET', `/messages/${sent.message.id}`],
    ['GET', `/executions/${sent.execution.id}`],
    ['GET', `/executions/${sent.execution.id}/steps`],
    ['GET', `/executions/${sent.execution.id}/events`],
    ['POST', `/executions/${sent.execution.id}/cancel`],
  ]
  for (const [method, path, body] of paths) {
    const foreign = await stranger.call(method, path, body)
    const never =
      path.startsWith('/conversations') && method === 'POST' && path === '/conversations'
        ? await stranger.call(method, path, { agentId: uuid })
        : await stranger.call(method, path.replace(/[0-9a-f-]{36}/, uuid), body)
    const without = ({ error }: { error: { requestId: string } }) => ({ ...error, requestId: '' })
    expect(foreign.status, `${method} ${path}`).toBe(404)
    expect(without(foreign.body), `${method} ${path}`).toEqual(without(never.body))
  }
  expect((await person.call('GET', `/agents/${agent}`)).body.name).toBe('Mine')
  expect((await stranger.call('GET', '/conversations')).body.items).toEqual([])
  expect((await stranger.call('GET', '/executions')).body.items).toEqual([])
})

test("another site's page cannot act through the cookie", async () => {
  const headers = { 'content-type': 'application/json', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  for (const path of ['/api/v1/auth/refresh', '/trpc/auth.logout']) {
    const response = await fetch(server.url + path, { method: 'POST', headers, body: '{}' })
    expect(response.status, path).toBe(403)
  }
})

test('pages and answers carry the headers that keep a browser safe', async () => {
  const response = await fetch(`${server.url}/api/v1/auth/me`)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-request-id')).toBeTruthy()
})
