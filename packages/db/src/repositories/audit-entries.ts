import type { AuditAction, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { AuditEntryTable } from '../tables/audit-entry.ts'
import type { PageRequest } from './keyset.ts'

export type AuditEntryRow = Selectable<AuditEntryTable>

/** Adds a line to the audit log; in the transaction of the deed, so that there is neither without the other. */
export async function insertAuditEntry(db: Db, entry: Insertable<AuditEntryTable>): Promise<void> {
  await db.insertInto('audit_entries').values(entry).execute()
}

export interface AuditFilter {
  actorId?: UserId | undefined
  action?: AuditAction | undefined
  objectType?: string | undefined
  objectId?: string | undefined
  from?: Date | undefined
  /** Not included. */
  to?: Date | undefined
}

/** Everybody's entries that pass the filter, newest first. For administrators alone. */
export function listAuditEntries(db: Db, filter: AuditFilter, page: PageRequest): Promise<AuditEntryRow[]> {
  const { actorId, action, objectType, objectId, from, to } = filter
  return pageOfEntries(db, page)
    .$if(actorId !== undefined, (query) => query.where('actor_id', '=', actorId!))
    .$if(action !== undefined, (query) => query.where('action', '=', action!))
    .$if(objectType !== undefined, (query) => query.where('object_type', '=', objectType!))
    .$if(objectId !== undefined, (query) => query.where('object_id', '=', objectId!))
    .$if(from !== undefined, (query) => query.where('at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('at', '<', to!))
    .execute()
}

/** What a person did and what was done to their account, newest first. */
export function listAuditEntriesOf(db: Db, userId: UserId, page: PageRequest): Promise<AuditEntryRow[]> {
  return pageOfEntries(db, page)
    .where((eb) =>
      eb.or([eb('actor_id', '=', userId), eb.and([eb('object_type', '=', 'user'), eb('object_id', '=', userId)])]),
    )
    .execute()
}

const pageOfEntries = (db: Db, { limit, after }: PageRequest) =>
  db
    .selectFrom('audit_entries')
    .selectAll()
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(at, id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)

/** Deletes the oldest entries that are older than so many days, at most `limit`. Gives how many. The one way out of the log. */
export async function deleteOldAuditEntries(
  tx: Transaction,
  { days, limit }: { days: number; limit: number },
): Promise<number> {
  await sql`set local kickstartmyai.audit_retention = 'on'`.execute(tx)
  const result = await tx
    .deleteFrom('audit_entries')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('audit_entries')
        .select('id')
        .where('at', '<', sql<Date>`clock_timestamp() - make_interval(days => ${days}::int)`)
        .orderBy('at')
        .limit(limit),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
