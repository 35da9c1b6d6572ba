import { appRouter } from '../../../../packages/api/src/app-router.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type Person } from '../person.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
let person: Person
beforeAll(async () => {
  server = await startTestServer()
  person = await newPerson(server.url)
})
afterAll(() => server[Symbol.asyncDispose]())

test('SSE: line ends in what is said make no event of their own', async () => {
  const { id } = (await person.call('POST', '/conversations', {})).body
  const content = 'Say it.\r\n\r\nid: 999\nevent: execution.completed\ndata: {"forged":true}\r\rdata: x\u2028y'
  const sent = (await person.call('POST', `/conversations/${id}/messages`, { content })).body
  const events = await person.follow(sent.execution.id)
  expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1))
  for (const { event, data } of events) {
    expect(event).toMatch(/^[a-z]+\.[a-z]+$/)
    expect(data).not.toHaveProperty('forged')
  }
})

const corpus = [
  "'",
  "' or '1'='1",
  '"; drop table users; --',
  '1;select pg_sleep(9)',
  '$$',
  '{"a":1}',
  "a'->>'b",
  '%00',
  '\\',
  '-1',
  '1e999',
  'NaN',
  '[]',
]

/** Every query parameter that a list of the running router takes. */
const lists = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { meta?: { rest?: { method: string; path: string } }; inputs: { shape?: object }[] } }
  >,
).flatMap(([, { _def }]) =>
  _def.meta?.rest?.method === 'GET' && !_def.meta.rest.path.includes('{')
    ? Object.keys(_def.inputs.at(-1)?.shape ?? {}).map((name) => [_def.meta!.rest!.path, name] as const)
    : [],
)

test.for(lists)('SQL: %s?%s=… is answered, or refused as any bad value is', async ([path, name]) => {
  for (const value of corpus) {
    const answer = await person.call('GET', `${path}?${name}=${encodeURIComponent(value)}`)
    expect([200, 400, 403, 404], value).toContain(answer.status)
    expect(JSON.stringify(answer.body), value).not.toMatch(/syntax error|relation |pg_|\.ts:/)
  }
})

test('there are lists to try', () => {
  expect(lists.length).toBeGreaterThan(3)
})
