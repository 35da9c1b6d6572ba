import { type Kysely, sql } from 'kysely'

/** Executions that go on from another one, and whether an agent's conversations take messages while one is answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table executions
      add column origin_execution_id uuid references executions (id) on delete set null,
      add column origin_kind text check (origin_kind in ('retry', 'fork')),
      add column origin_step integer,
      add column origin_change jsonb,
      add constraint executions_origin_check check ((origin_kind is null) = (origin_step is null))`.execute(db)
  await sql`create index executions_origin_idx on executions (origin_execution_id)`.execute(db)
  await sql`
    alter table agents add column when_busy text not null default 'queue' check (when_busy in ('queue', 'refuse'))`.execute(
    db,
  )
}
