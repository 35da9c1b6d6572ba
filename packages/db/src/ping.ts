import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Asks the database for a sign of life; throws when it gives none. */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}
