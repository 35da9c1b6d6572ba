import { expect, test } from 'vitest'
import { createTestWorld } from '../testing/test-world.ts'
import { authenticate } from './authenticate.ts'
import { prepareSetup } from './prepare-setup.ts'
import { register } from './register.ts'
import { setUp } from './set-up.ts'

const origin = { address: '192.0.2.7', userAgent: 'test', requestId: 'request' }
const operator = { email: 'operator@example.com', password: 'violet harbour' }

test('the printed token makes one administrator, once, and the database does not hold it', async () => {
  await using world = await createTestWorld()
  const token = (await prepareSetup(world.deps, undefined)) ?? ''
  expect(await prepareSetup(world.replica().deps, undefined), 'every replica prints the same').toBe(token)
  const rows = await world.deps.db.selectFrom('setup').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
  const { accessToken, user } = await setUp(world.deps, { ...operator, token }, origin)
  expect(user).toMatchObject({ role: 'admin', emailVerified: true })
  expect(await authenticate(world.deps, accessToken, origin)).toMatchObject({ role: 'admin' })
  const again = setUp(world.deps, { ...operator, email: 'other@example.com', token }, origin)
  await expect(again).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await prepareSetup(world.deps, 'another token of the operator')).toBeNull()
})

test('of many set-ups at once, in two processes, one wins', async () => {
  await using world = await createTestWorld()
  const token = (await prepareSetup(world.deps, 'the token of the operator')) ?? ''
  const other = world.replica().deps
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, n) =>
      setUp(n % 2 ? other : world.deps, { ...operator, email: `admin${n}@example.com`, token }, origin),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'FORBIDDEN' })
  }
  const users = await world.deps.db.selectFrom('users').select('role').execute()
  expect(users).toEqual([{ role: 'admin' }])
})

test('to register first gives no rights, and a wrong token makes nobody', async () => {
  await using world = await createTestWorld()
  await prepareSetup(world.deps, 'the token of the operator')
  expect((await register(world.deps, { email: 'first@example.com', password: 'long enough' }, origin)).user.role).toBe(
    'user',
  )
  for (const token of ['', 'x', 'the token of the operatoR', 'the token of the operator ']) {
    await expect(setUp(world.deps, { ...operator, token }, origin), token).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  expect(await world.deps.db.selectFrom('users').select('email').execute()).toHaveLength(1)
})

test('who registered the operator’s address in advance is not promoted with it', async () => {
  await using world = await createTestWorld()
  const token = (await prepareSetup(world.deps, 'the token of the operator')) ?? ''
  const squatter = await register(world.deps, { ...operator, password: 'of the squatter' }, origin)
  await expect(setUp(world.deps, { ...operator, token }, origin)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  expect(await authenticate(world.deps, squatter.accessToken, origin)).toMatchObject({ role: 'user' })
  const promoted = await setUp(world.deps, { ...operator, password: 'of the squatter', token }, origin)
  expect(promoted.user).toMatchObject({ id: squatter.user.id, role: 'admin' })
  await expect(authenticate(world.deps, squatter.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})
