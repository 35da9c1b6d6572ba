import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { authenticate } from '../auth/authenticate.ts'
import { logIn } from '../auth/log-in.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { register } from '../auth/register.ts'
import { followExecution } from '../executions/follow-execution.ts'
import { getExecution } from '../executions/get-execution.ts'
import { beginConversation } from '../testing/conversation.ts'
import { stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { activateUser } from './activate-user.ts'
import { deactivateUser } from './deactivate-user.ts'
import { deleteMe } from './delete-me.ts'
import { exportMe } from './export-me.ts'
import { updateUser } from './update-user.ts'

const origin = { address: '192.0.2.7', userAgent: 'test', requestId: 'request' }
const account = { email: 'ada@example.com', password: 'violet harbour' }

async function newAdmin(world: TestWorld): Promise<Actor> {
  const actor = await world.newActor()
  await world.deps.db.updateTable('users').set({ role: 'admin' }).where('id', '=', actor.userId).execute()
  return { ...actor, role: 'admin' }
}

/** Somebody whose execution runs in this process, and is followed in another one. */
async function busy(world: TestWorld) {
  world.provider.play((_, signal) => stallsAfter('So far', signal))
  world.engine.start()
  const session = await register(world.deps, account, origin)
  const actor = await authenticate(world.deps, session.accessToken, origin)
  const { execution } = await beginConversation(world.deps, actor)
  await expect
    .poll(async () => (await getExecution(world.deps, actor, execution.id)).lastSeq, { timeout: 20_000 })
    .toBeGreaterThan(0)
  const other = world.replica().deps
  const batches = await followExecution(other, actor, execution.id, 0, new AbortController().signal)
  const heard = (async () => {
    for await (const batch of batches) void batch
  })().catch((error: unknown) => error)
  return { session, actor, execution, heard, other }
}

test('a suspended person is out in every replica: requests, refresh, streams and what runs', async () => {
  await using world = await createTestWorld()
  const admin = await newAdmin(world)
  const { session, actor, execution, heard, other } = await busy(world)
  expect(await deactivateUser(other, admin, actor.userId)).toMatchObject({ status: 'suspended' })
  for (const deps of [world.deps, other]) {
    await expect(authenticate(deps, session.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(refreshSession(deps, session.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  }
  // Over by the end of the execution or of the session, whichever was heard of first.
  const end = await heard
  if (end !== undefined) expect(end).toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(logIn(world.deps, account, origin)).rejects.toMatchObject({ code: 'ACCOUNT_SUSPENDED' })
  const stopped = () => getExecution(world.deps, actor, execution.id)
  await expect.poll(async () => (await stopped()).status, { timeout: 20_000 }).toBe('cancelled')
  expect((await stopped()).error).toMatchObject({ code: 'ACCOUNT_CLOSED' })
  await activateUser(world.deps, admin, actor.userId)
  expect((await logIn(world.deps, account, origin)).user.id).toBe(actor.userId)
})

test('whoever deletes their account takes everything with them, and the log keeps ids alone', async () => {
  await using world = await createTestWorld()
  const { session, actor } = await busy(world)
  await expect(deleteMe(world.deps, actor, { password: 'wrong' })).rejects.toMatchObject({
    code: 'INVALID_CREDENTIALS',
  })
  await deleteMe(world.deps, actor, account)
  await expect(authenticate(world.deps, session.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  const { db } = world.deps
  for (const table of [
    'users',
    'sessions',
    'agents',
    'conversations',
    'messages',
    'executions',
    'execution_events',
  ] as const) {
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([])
  }
  const log = await db.selectFrom('audit_entries').selectAll().execute()
  expect(log.map(({ action }) => action)).toContain('user.deleted')
  expect(JSON.stringify(log)).not.toContain('ada@')
})

test('of administrators who take each other away at once, in two processes, one stays', async () => {
  await using world = await createTestWorld()
  const [one, two] = [await newAdmin(world), await newAdmin(world)]
  const other = world.replica().deps
  const outcomes = await Promise.allSettled([
    updateUser(world.deps, one, { userId: two.userId, role: 'user' }),
    deactivateUser(other, two, one.userId),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const left = await world.deps.db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .execute()
  expect(left).toHaveLength(1)
})

test('who is made a user is one from the next request on', async () => {
  await using world = await createTestWorld()
  const admin = await newAdmin(world)
  const session = await register(world.deps, account, origin)
  const roleOf = async () => (await authenticate(world.deps, session.accessToken, origin)).role
  await updateUser(world.deps, admin, { userId: session.user.id, role: 'admin' })
  expect(await roleOf()).toBe('admin')
  await updateUser(world.deps, admin, { userId: session.user.id, role: 'user' })
  expect(await roleOf()).toBe('user')
})

test('an export is one JSON object with all that is theirs, nothing of others and no secret', async () => {
  await using world = await createTestWorld()
  world.engine.start()
  const [actor, stranger] = [await world.newActor(), await world.newActor()]
  const { conversationId, execution } = await beginConversation(world.deps, actor, 'Mine "quoted"')
  await beginConversation(world.deps, stranger, 'Not mine')
  await expect
    .poll(async () => (await getExecution(world.deps, actor, execution.id)).status, { timeout: 20_000 })
    .toBe('completed')
  let text = ''
  for await (const piece of await exportMe(world.deps, actor)) text += piece
  const all = JSON.parse(text)
  expect(all.account.id).toBe(actor.userId)
  expect(all.agents).toHaveLength(1)
  expect(all.conversations).toMatchObject([{ id: conversationId, messages: [{ content: 'Mine "quoted"' }, {}] }])
  expect(all.executions).toMatchObject([{ id: execution.id, steps: [{}] }])
  for (const none of ['Not mine', 'argon2', 'password_hash', stranger.userId]) expect(text).not.toContain(none)
})
