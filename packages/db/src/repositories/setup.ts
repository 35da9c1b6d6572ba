import { type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { SetupTable } from '../tables/setup.ts'

/** `is_over`: there is an administrator, or was one. */
export type SetupRow = Pick<Selectable<SetupTable>, 'token_hash'> & { is_over: boolean }

const setup = (db: Db) =>
  db
    .selectFrom('setup')
    .select('token_hash')
    .select(sql<boolean>`done_at is not null or exists (select from users where role = 'admin')`.as('is_over'))

/** The set-up as it stands; undefined before a server has started. */
export function findSetup(db: Db): Promise<SetupRow | undefined> {
  return setup(db).executeTakeFirst()
}

/** Makes this the token of the set-up, unless that is over. A server that has an administrator already needs none. */
export async function putSetupToken(db: Db, tokenHash: string): Promise<void> {
  await sql`
    insert into setup (token_hash, done_at)
    select ${tokenHash}, case when exists (select from users where role = 'admin') then clock_timestamp() end
    on conflict (one) do update set token_hash = excluded.token_hash,
      done_at = coalesce(setup.done_at, excluded.done_at)`.execute(db)
}

/** Holds the set-up until the transaction ends, and gives it as whoever held it before has left it. */
export async function lockSetup(tx: Transaction): Promise<SetupRow | undefined> {
  await tx.selectFrom('setup').select('one').forUpdate().execute()
  return findSetup(tx)
}

export async function finishSetup(tx: Transaction): Promise<void> {
  await tx
    .updateTable('setup')
    .set({ done_at: sql<Date>`clock_timestamp()` })
    .execute()
}
