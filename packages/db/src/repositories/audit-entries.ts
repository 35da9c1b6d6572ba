import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { AuditEntryTable } from '../tables/audit-entry.ts'

/** Adds a line to the audit log; in the transaction of the deed, so that there is neither without the other. */
export async function insertAuditEntry(db: Db, entry: Insertable<AuditEntryTable>): Promise<void> {
  await db.insertInto('audit_entries').values(entry).execute()
}
