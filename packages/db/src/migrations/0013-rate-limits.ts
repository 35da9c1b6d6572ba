import { type Kysely, sql } from 'kysely'

/**
 * What replicas count together, where there is no Redis. rate-limiter-flexible writes it. Unlogged: a count that a crash of the
 * database loses is no loss, and one that costs no log is cheap.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate_limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db)
  await sql`create index rate_limits_expire_idx on rate_limits (expire)`.execute(db)
}
