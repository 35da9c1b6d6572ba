import { type Kysely, sql } from 'kysely'

/** Tool calls that wait for a person, and what was decided about them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table execution_steps
      drop constraint execution_steps_state_check,
      add constraint execution_steps_state_check check (state in ('awaiting', 'started', 'done', 'unknown', 'failed')),
      add column decision text check (decision in ('approve', 'deny')),
      add column decided_by uuid references users (id) on delete set null,
      add column decided_at timestamptz(3),
      add column decision_seq integer,
      add constraint execution_steps_decided_check check ((decision is null) = (decided_at is null))`.execute(db)
  await sql`create index execution_steps_decided_by_idx on execution_steps (decided_by)`.execute(db)
}
