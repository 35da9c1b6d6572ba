import { type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { SetupTable } from '../tables/setup.ts'

export type SetupRow = Selectable<SetupTable>

/** Whether the first administrator is still to be made. */
export async function needsSetup(db: Db): Promise<boolean> {
  const row = await db.selectFrom('setup').select('done_at').executeTakeFirst()
  return row !== undefined && row.done_at === null
}

/** Makes this the token of the set-up, unless that is over. A server that has an administrator already needs none. */
export async function putSetupToken(db: Db, tokenHash: string): Promise<void> {
  await sql`
    insert into setup (token_hash, done_at)
    select ${tokenHash}, case when exists (select from users where role = 'admin') then clock_timestamp() end
    on conflict (one) do update set token_hash = excluded.token_hash,
      done_at = coalesce(setup.done_at, excluded.done_at)`.execute(db)
}

/** The set-up as it stands until the transaction ends: of several at once the second sees what the first did. */
export function lockSetup(tx: Transaction): Promise<SetupRow | undefined> {
  return tx.selectFrom('setup').selectAll().forUpdate().executeTakeFirst()
}

export async function finishSetup(tx: Transaction): Promise<void> {
  await tx
    .updateTable('setup')
    .set({ done_at: sql<Date>`clock_timestamp()` })
    .execute()
}

export function findSetup(db: Db): Promise<SetupRow | undefined> {
  return db.selectFrom('setup').selectAll().executeTakeFirst()
}
