import { type Kysely, sql } from 'kysely'

/**
 * Who did what to which object, from where. Rows refer to nobody by a foreign key: the log outlives what it tells of. It
 * is only added to; what is older than it has to be kept is deleted by who says so with `kickstartmyai.audit_retention`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entries (
      id uuid primary key,
      at timestamptz(3) not null default clock_timestamp(),
      actor_id uuid,
      session_id uuid,
      api_key_id uuid,
      action text not null,
      object_type text,
      object_id text,
      address text,
      user_agent text,
      request_id text,
      details jsonb not null default '{}')`.execute(db)
  await sql`create index audit_entries_actor_idx on audit_entries (actor_id, at desc, id desc)`.execute(db)
  await sql`create index audit_entries_object_idx on audit_entries (object_type, object_id, at desc)`.execute(db)
  await sql`create index audit_entries_at_idx on audit_entries (at desc, id desc)`.execute(db)
  await sql`
    create function refuse_audit_changes() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('kickstartmyai.audit_retention', true) = 'on' then return null; end if;
      raise exception 'The audit log is only added to.' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  await sql`
    create trigger audit_entries_append_only before update or delete or truncate on audit_entries
    for each statement execute function refuse_audit_changes()`.execute(db)
}
