import { randomUUIDv7 } from 'node:crypto'
import { type ListedProcedure, listProcedures } from '@kickstartmyai/api/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callRest, callTrpc } from './sweep-call.ts'
import { type Row, table } from './sweep-table.ts'
import { type Caller, callers, createSweepWorld, dump, type Ids, type SweepWorld } from './sweep-world.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let world: SweepWorld
let shared: Ids

beforeAll(async () => {
  server = await startTestServer()
  world = await createSweepWorld(server)
  shared = await world.make()
})
afterAll(() => server[Symbol.asyncDispose]())

const ownExport = '/api/v1/users/me/export'
const procedures = listProcedures()
const levels = ['viewer', 'editor', 'manager', 'owner']
const cases = procedures.flatMap((procedure): [string, ListedProcedure, Row][] => {
  const row = table[procedure.name]
  return row ? [[procedure.name, procedure, row]] : []
})

/** What a caller is answered, by the table: null where they may. */
function refusal(caller: Caller, { meta }: ListedProcedure, { who }: Row): 401 | 403 | 404 | null {
  if (who === 'anyone') return null
  if (['anonymous', 'signed out', 'suspended'].includes(caller)) return 401
  if (caller === 'weak key' && meta.scope !== 'account:read') return 403
  if (caller === 'key' && meta.scope === undefined) return 403
  if (who === 'signed in') return null
  if (who === 'admin') return caller === 'admin' ? null : 403
  const is = caller === 'key' || caller === 'weak key' ? 'owner' : caller
  if (who === 'self') return is === 'owner' ? null : 404
  if (is === 'stranger' || is === 'admin') return 404
  return levels.indexOf(is) >= levels.indexOf(who) ? null : 403
}

const nothing = (): Ids => {
  const ids = [
    'agentId',
    'conversationId',
    'messageId',
    'executionId',
    'stepId',
    'userId',
    'groupId',
    'apiKeyId',
    'sessionId',
  ]
  return Object.fromEntries(ids.map((name) => [name, randomUUIDv7()])) as unknown as Ids
}

/** Over every way there is. */
async function ask(procedure: ListedProcedure, row: Row, ids: Ids, caller: Caller, more: object = {}) {
  const input = row.input && { ...row.input(ids), ...more }
  const token = world.tokens[caller]
  const trpc = await callTrpc(server.url, procedure, input, token)
  const rest = await callRest(server.url, procedure, input, token)
  return rest ? [trpc, rest] : [trpc]
}

test('every procedure of the running router stands in the table, and nothing else does', () => {
  expect(Object.keys(table).toSorted()).toEqual(procedures.map(({ name }) => name).toSorted())
})

test('every route of the running server is a procedure’s, or one of the few that are none', () => {
  const rest = procedures.flatMap(({ meta }) => (meta.rest ? [meta.rest.path.replaceAll(/\{(\w+)\}/g, ':$1')] : []))
  const known = new Set(rest.map((path) => `/api/v1${path}`))
  const others = new Set(server.routes.filter((route) => !known.has(route.split(' ')[1] ?? '')))
  const events = '/api/v1/executions/:executionId/events'
  expect([...others].filter((route) => /\/(api|trpc)\/(?!\*)/.test(route)).toSorted()).toEqual([
    'ALL /api/v1/*',
    `ALL ${events}`,
    `ALL ${ownExport}`,
    `GET ${events}`,
    `GET ${ownExport}`,
  ])
})

test('the export of one’s own account is for who is signed in, and for no key', async () => {
  for (const caller of callers) {
    const token = world.tokens[caller]
    const headers = token === null ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(server.url + ownExport, { headers })
    const isOut = ['anonymous', 'signed out', 'suspended'].includes(caller)
    expect(response.status, caller).toBe(isOut ? 401 : caller.endsWith('key') ? 403 : 200)
    await response.body?.cancel()
  }
})

test.for(cases)('%s refuses whom the table refuses, and changes nothing', async ([, procedure, row]) => {
  const before = await dump(server.db)
  for (const caller of callers) {
    const status = refusal(caller, procedure, row)
    if (status === null) continue
    for (const reply of await ask(procedure, row, shared, caller)) expect(reply.status, caller).toBe(status)
  }
  expect(await dump(server.db)).toEqual(before)
})

const byId = cases.filter(([, , { who }]) => [...levels, 'self'].includes(who))

test.for(byId)(
  '%s answers a foreign id like one that was deleted and one that never was',
  async ([, procedure, row]) => {
    const deleted = await world.make()
    for (const [name, id] of [
      ['agents', deleted.agentId],
      ['conversations', deleted.conversationId],
      ['api_keys', deleted.apiKeyId],
      ['sessions', deleted.sessionId],
    ] as const)
      await server.db
        .deleteFrom(name)
        .where('id', '=', id as never)
        .execute()
    const before = await dump(server.db)
    const foreign = await ask(procedure, row, shared, 'stranger')
    expect(foreign[0]?.status).toBe(404)
    for (const caller of ['stranger', 'owner', 'admin'] as const) {
      expect(await ask(procedure, row, nothing(), caller), caller).toEqual(foreign)
      expect(await ask(procedure, row, deleted, caller), caller).toEqual(foreign)
    }
    expect(await dump(server.db)).toEqual(before)
  },
)

const withInput = cases.filter(([, , { input }]) => input !== undefined)

test.for(withInput)('%s takes no field that is not for the caller to set', async ([, procedure, row]) => {
  const before = await dump(server.db)
  const caller = row.who === 'admin' ? 'admin' : 'owner'
  // Administrators do set roles.
  const setsRole = ['users.list', 'users.create', 'users.update', 'invitations.create'].includes(procedure.name)
  const more = {
    ownerId: shared.userId,
    ...(!setsRole && { role: 'admin' }),
    id: randomUUIDv7(),
    createdAt: '2020-01-01T00:00:00.000Z',
  }
  for (const reply of await ask(procedure, row, shared, caller, more)) {
    // The plain event stream has no input beside its place, and takes no notice of what else is in the address.
    if (procedure.type === 'subscription' && reply.status === 200) continue
    expect(reply.status).toBe(400)
    for (const field of Object.keys(more)) expect(reply.body).toContain(field)
  }
  expect(await dump(server.db)).toEqual(before)
})

// Whoever has done this is out.
const goodbye = 'auth.logoutEverywhere'
const atLast = cases.toSorted(([a], [b]) => Number(a === goodbye) - Number(b === goodbye))

// Last, since it sets off executions, which write when they like.
test.for(atLast)('%s does as it is told for whom the table allows it', async ([, procedure, row]) => {
  // Who may call something signed out need not be asked as everybody.
  const allowed = callers.filter((caller) => refusal(caller, procedure, row) === null)
  for (const caller of row.who === 'anyone' ? ['anonymous' as const] : allowed) {
    // So that the owner does not come to have as many as one may.
    await server.db.deleteFrom('api_keys').where('name', '=', 'Another').execute()
    const ids = await world.make()
    const call = procedure.meta.rest ? callRest : callTrpc
    const reply = await call(server.url, procedure, row.input?.(ids), world.tokens[caller])
    const expected = row.gives ?? procedure.meta.rest?.status ?? 200
    expect(reply?.status, `${caller}: ${reply?.body}`).toBe(expected)
  }
})
