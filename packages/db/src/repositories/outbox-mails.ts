import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { OutboxMailTable } from '../tables/outbox-mail.ts'
import type { PageRequest } from './keyset.ts'

export type OutboxMailRow = Selectable<OutboxMailTable>

export async function insertOutboxMail(db: Db, mail: Insertable<OutboxMailTable>): Promise<void> {
  await db.insertInto('outbox_mails').values(mail).execute()
}

/** Everybody's mail, newest first; for administrators, and for developers on their own machine. */
export function listOutboxMails(db: Db, { limit, after }: PageRequest): Promise<OutboxMailRow[]> {
  return db
    .selectFrom('outbox_mails')
    .selectAll()
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
