import { expect, test } from 'vitest'
import { logIn } from '../auth/log-in.ts'
import { register } from '../auth/register.ts'
import { createTestWorld } from '../testing/test-world.ts'

const origin = { address: '192.0.2.7', userAgent: 'test', requestId: 'request-1' }
const account = { email: 'ada@example.com', password: 'long enough' }

test('who came in, who was turned away, and from where', async () => {
  await using world = await createTestWorld()
  const { user } = await register(world.deps, account, origin)
  await logIn(world.deps, { ...account, password: 'wrong' }, origin).catch(() => {})
  const entries = await world.deps.db.selectFrom('audit_entries').selectAll().orderBy('at').orderBy('id').execute()
  expect(entries.map(({ action }) => action)).toEqual(['session.opened', 'user.registered', 'session.refused'])
  expect(entries[0]).toMatchObject({
    actor_id: user.id,
    address: '192.0.2.7',
    user_agent: 'test',
    request_id: 'request-1',
  })
  expect(entries[2]).toMatchObject({ actor_id: null, address: '192.0.2.7' })
  expect(JSON.stringify(entries)).not.toContain('wrong')
})
