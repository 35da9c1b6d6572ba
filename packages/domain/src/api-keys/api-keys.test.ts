import { limits } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { authenticate } from '../auth/authenticate.ts'
import { checkScope } from '../policy/check-scope.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { createApiKey } from './create-api-key.ts'
import { deleteApiKey } from './delete-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'

const origin = { address: '192.0.2.7', userAgent: 'a program', requestId: 'request-1' }
const forAgents = { name: 'Robot', scopes: ['agents:read' as const], expiresAt: null }
const refused = { code: 'UNAUTHORIZED' }

test('a key stands for its person, as far as it reaches, and only a hash of it is kept', async () => {
  await using world = await createTestWorld()
  const person = await world.newActor()
  const { key, ...shown } = await createApiKey(world.deps, person, forAgents)
  expect(key).toMatch(/^ksk_[\w-]{43}$/)
  expect(shown).toMatchObject({ name: 'Robot', lastFour: key.slice(-4), lastUsedAt: null })
  const actor = await authenticate(world.deps, key, origin)
  expect(actor).toMatchObject({ userId: person.userId, sessionId: null, apiKey: { id: shown.id } })
  checkScope(actor, 'agents:read')
  expect(() => checkScope(actor, 'agents:write')).toThrow('agents:write')
  expect(() => checkScope(actor, null)).toThrow('API key')
  const rows = await world.deps.db.selectFrom('api_keys').selectAll().execute()
  const logged = await world.deps.db.selectFrom('audit_entries').selectAll().execute()
  expect(JSON.stringify([rows, logged])).not.toContain(key.slice(4, -4))
  expect(logged.map(({ action }) => action)).toContain('api_key.created')
})

test('a key of all scopes still does not reach what no key reaches', async () => {
  await using world = await createTestWorld()
  const { key } = await createApiKey(world.deps, await world.newActor(), { ...forAgents, scopes: ['*'] })
  const actor = await authenticate(world.deps, key, origin)
  checkScope(actor, 'executions:write')
  expect(() => checkScope(actor, null)).toThrow('API key')
})

test('a key that was deleted, has expired or never was is refused with the same words', async () => {
  await using world = await createTestWorld()
  const person = await world.newActor()
  const now = world.deps.clock.now()
  const expiresAt = new Date(now + 3_600_000).toISOString()
  const short = await createApiKey(world.deps, person, { ...forAgents, expiresAt })
  await world.deps.db
    .updateTable('api_keys')
    .set({ expires_at: new Date(now - 1000) })
    .execute()
  const gone = await createApiKey(world.deps, person, forAgents)
  await authenticate(world.deps, gone.key, origin)
  await deleteApiKey(world.deps, person, gone.id)
  const answers = await Promise.all(
    [short.key, gone.key, `ksk_${'x'.repeat(43)}`, 'ksk_'].map((key) =>
      authenticate(world.deps, key, origin).catch((error: unknown) => error),
    ),
  )
  for (const answer of answers) expect(answer).toMatchObject({ ...refused, message: (answers[0] as Error).message })
})

test('a key goes with its person', async () => {
  await using world = await createTestWorld()
  const person = await world.newActor()
  const { key } = await createApiKey(world.deps, person, forAgents)
  await world.deps.db.deleteFrom('users').where('id', '=', person.userId).execute()
  await expect(authenticate(world.deps, key, origin)).rejects.toMatchObject(refused)
})

test('keys are seen and deleted by their own person alone', async () => {
  await using world = await createTestWorld()
  const [person, other] = [await world.newActor(), await world.newActor()]
  const { id } = await createApiKey(world.deps, person, forAgents)
  await expect(deleteApiKey(world.deps, other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await listApiKeys(world.deps, other)).items).toEqual([])
  const { items } = await listApiKeys(world.deps, person)
  expect(items).toMatchObject([{ id, scopes: ['agents:read'] }])
  expect(Object.keys(items[0]!)).not.toContain('key')
})

test('when a key was used last is kept, and not written with every request', async () => {
  await using world = await createTestWorld()
  const person = await world.newActor()
  const { key } = await createApiKey(world.deps, person, forAgents)
  const used = async () => (await listApiKeys(world.deps, person)).items[0]!.lastUsedAt
  await authenticate(world.deps, key, origin)
  await expect.poll(used).not.toBeNull()
  const version = async () => {
    const row = await world.deps.db
      .selectFrom('api_keys')
      .select(({ ref }) => ref('last_used_at').as('at'))
      .executeTakeFirst()
    return row?.at?.getTime()
  }
  const before = await version()
  for (let n = 0; n < 20; n++) await authenticate(world.deps, key, origin)
  // Another process does not know of it, and does not write either.
  await authenticate(world.replica().deps, key, origin)
  expect(await version()).toBe(before)
})

test('nobody has more keys than they may, also when they are made at the same time', async () => {
  await using world = await createTestWorld()
  const person = await world.newActor()
  const many = await Promise.allSettled(
    Array.from({ length: limits.apiKeysPerUser + 5 }, () => createApiKey(world.deps, person, forAgents)),
  )
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(limits.apiKeysPerUser)
  expect((await listApiKeys(world.deps, person)).items).toHaveLength(limits.apiKeysPerUser)
})

test('a key that would be over already is not made', async () => {
  await using world = await createTestWorld()
  const expiresAt = new Date(world.deps.clock.now() - 1).toISOString()
  const made = createApiKey(world.deps, await world.newActor(), { ...forAgents, expiresAt })
  await expect(made).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
})
