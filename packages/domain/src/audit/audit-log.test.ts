import { randomUUIDv7 } from 'node:crypto'
import { insertAuditEntry } from '@kickstartmyai/db'
import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { auditWorkers } from './audit-workers.ts'
import { listAuditEntries, listMyAuditEntries } from './list-audit-entries.ts'
import { pruneAudit } from './prune-audit.ts'
import { writeAudit } from './write-audit.ts'

const day = 24 * 60 * 60_000
const asAdmin = (actor: Actor): Actor => ({ ...actor, role: 'admin' })

/** An entry from so many days ago. */
async function anOldEntry({ db }: Deps, days: number): Promise<void> {
  const nobody = { actor_id: null, session_id: null, api_key_id: null, object_type: null, object_id: null }
  const nowhere = { address: null, user_agent: null, request_id: null, details: '{}' }
  const at = new Date(Date.now() - days * day)
  await insertAuditEntry(db, { id: randomUUIDv7(), at, action: 'session.refused', ...nobody, ...nowhere })
}

test('an administrator finds entries by who, what, on what and when, page by page; nobody else does', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  const [ada, bob] = [await world.newActor(), await world.newActor()]
  for (const id of ['a', 'b', 'c']) {
    await writeAudit(deps, deps.db, ada, { action: 'agent.created', object: ['agent', id], details: { id } })
  }
  await writeAudit(deps, deps.db, bob, { action: 'agent.deleted', object: ['agent', 'a'] })
  const list = (filter: object) => listAuditEntries(deps, asAdmin(bob), { limit: 100, ...filter })
  const objects = async (filter: object) =>
    (await list(filter)).items.map(({ action, object }) => `${action} ${object?.id}`)

  expect(await objects({ actorId: ada.userId, action: 'agent.created' })).toEqual([
    'agent.created c',
    'agent.created b',
    'agent.created a',
  ])
  expect(await objects({ objectType: 'agent', objectId: 'a' })).toEqual(['agent.deleted a', 'agent.created a'])
  const { items } = await list({ objectType: 'agent' })
  expect(await objects({ objectType: 'agent', from: items[1]?.at, to: items[0]?.at })).not.toContain('agent.deleted a')
  expect(items[3]).toMatchObject({ actorId: ada.userId, sessionId: ada.sessionId, details: { id: 'a' } })

  const first = await list({ objectType: 'agent', limit: 3 })
  await writeAudit(deps, deps.db, ada, { action: 'agent.created', object: ['agent', 'later'] })
  const second = await list({ objectType: 'agent', limit: 3, cursor: first.nextCursor })
  expect([...first.items, ...second.items]).toEqual(items)
  expect(second.nextCursor).toBeNull()

  await expect(listAuditEntries(deps, ada, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a person sees what they did and what was done to them, but not from where an administrator did it', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  const [ada, bob] = [await world.newActor(), await world.newActor()]
  const admin = { ...asAdmin(bob), origin: { address: '192.0.2.9', userAgent: 'of bob', requestId: 'r' } }
  await writeAudit(deps, deps.db, admin, { action: 'user.registered', object: ['user', ada.userId] })
  await writeAudit(deps, deps.db, admin, { action: 'agent.deleted', object: ['agent', 'of nobody'] })
  const { items } = await listMyAuditEntries(deps, ada, { limit: 100 })
  const others = items.filter(({ actorId }) => actorId === bob.userId)
  expect(others).toMatchObject([{ action: 'user.registered', address: null, userAgent: null, sessionId: null }])
  expect(items.some(({ action, actorId }) => action === 'session.opened' && actorId === ada.userId)).toBe(true)
  expect(items.every(({ actorId, object }) => actorId === ada.userId || object?.id === ada.userId)).toBe(true)
})

test('what is older than it has to be kept goes, in batches, and nothing else', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  for (const days of [500, 401, 402, 399]) await anOldEntry(deps, days)
  const ages = async () => {
    const rows = await deps.db.selectFrom('audit_entries').select('at').orderBy('at').execute()
    return rows.map(({ at }) => Math.round((Date.now() - at.getTime()) / day))
  }
  expect(await ages()).toEqual([500, 402, 401, 399])
  expect(await pruneAudit(deps, { days: 400, limit: 2 })).toBe(3)
  expect(await ages()).toEqual([399])
  // The door is closed again.
  await expect(deps.db.deleteFrom('audit_entries').execute()).rejects.toThrow('only added to')
})

test('the job does it, and is not there when the log is kept for ever', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  await anOldEntry(deps, 500)
  const [worker] = auditWorkers(deps, 400)
  await worker?.run(undefined, new AbortController().signal)
  expect(await deps.db.selectFrom('audit_entries').selectAll().execute()).toEqual([])
  expect(auditWorkers(deps, 0)).toEqual([])
})
