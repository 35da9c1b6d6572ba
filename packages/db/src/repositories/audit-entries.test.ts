import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction } from '../database.ts'
import { createTestDatabase } from '../testing/index.ts'
import { insertAuditEntry } from './audit-entries.ts'

const entry = {
  actor_id: null,
  session_id: null,
  api_key_id: null,
  action: 'session.refused',
  object_type: null,
  object_id: null,
  address: null,
  user_agent: null,
  request_id: null,
  details: '{}',
} as const

test('what is written stays as it is, until it need not be kept any longer', async () => {
  const { db, close } = await createTestDatabase()
  await insertAuditEntry(db, { id: randomUUIDv7(), ...entry })
  for (const change of [
    sql`update audit_entries set action = 'x'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries`,
  ]) {
    await expect(change.execute(db)).rejects.toThrow('only added to')
  }
  expect(await db.selectFrom('audit_entries').select('action').execute()).toEqual([{ action: 'session.refused' }])
  await inTransaction(db, async (tx) => {
    await sql`set local kickstartmyai.audit_retention = 'on'`.execute(tx)
    await tx.deleteFrom('audit_entries').execute()
  })
  expect(await db.selectFrom('audit_entries').selectAll().execute()).toEqual([])
  await close()
})
