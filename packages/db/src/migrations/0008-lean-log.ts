import { type Kysely, sql } from 'kysely'

/**
 * A token costs one index entry and no look-up: every event is written by a statement that holds the row of its execution,
 * so a foreign key would only check again, token by token. When executions go, one statement takes their events along.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table execution_events drop constraint execution_events_execution_id_fkey`.execute(db)
  await sql`
    create function delete_execution_events() returns trigger language plpgsql as $$
    begin
      delete from execution_events where execution_id in (select id from gone);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger executions_delete_events after delete on executions referencing old table as gone
    for each statement execute function delete_execution_events()`.execute(db)
  // Its row is written with every flush and every renewal of the lease: there is room for that beside it.
  await sql`alter table executions set (fillfactor = 50)`.execute(db)
  await sql`
    create index executions_active_owner_idx on executions (owner_id)
    where status in ('queued', 'running', 'waiting')`.execute(db)
}
