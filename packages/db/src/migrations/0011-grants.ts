import { type Kysely, sql } from 'kysely'

/**
 * Who else may do what with a thing: a level, granted to a person, to a group, or (neither) to everyone. Grants of all
 * nouns stand in one table; a noun takes part by its name in the check and by the trigger that takes its grants along
 * when it goes. And the keys by which programs act for a person: only a hash of each is kept.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table groups (
      id uuid primary key,
      name text not null,
      created_at timestamptz(3) not null default clock_timestamp(),
      updated_at timestamptz(3) not null default clock_timestamp(),
      constraint groups_name_key unique (name))`.execute(db)
  await sql`
    create table group_members (
      group_id uuid not null references groups (id) on delete cascade,
      user_id uuid not null references users (id) on delete cascade,
      created_at timestamptz(3) not null default clock_timestamp(),
      primary key (group_id, user_id))`.execute(db)
  await sql`create index group_members_user_id_idx on group_members (user_id)`.execute(db)

  await sql`
    create table grants (
      object_type text not null check (object_type in ('agent', 'conversation')),
      object_id uuid not null,
      user_id uuid references users (id) on delete cascade,
      group_id uuid references groups (id) on delete cascade,
      level text not null check (level in ('viewer', 'editor', 'manager')),
      granted_by uuid references users (id) on delete set null,
      created_at timestamptz(3) not null default clock_timestamp(),
      constraint grants_principal_check check (user_id is null or group_id is null),
      constraint grants_key unique nulls not distinct (object_type, object_id, user_id, group_id))`.execute(db)
  await sql`create index grants_user_id_idx on grants (user_id, object_type)`.execute(db)
  await sql`create index grants_group_id_idx on grants (group_id, object_type)`.execute(db)
  await sql`create index grants_granted_by_idx on grants (granted_by)`.execute(db)
  await sql`
    create function delete_grants() returns trigger language plpgsql as $$
    begin
      delete from grants where object_type = tg_argv[0] and object_id in (select id from gone);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger agents_delete_grants after delete on agents referencing old table as gone
    for each statement execute function delete_grants('agent')`.execute(db)
  await sql`
    create trigger conversations_delete_grants after delete on conversations referencing old table as gone
    for each statement execute function delete_grants('conversation')`.execute(db)

  // Two people may speak in one conversation: neither one's keys are the other's.
  await sql`alter table executions drop constraint executions_client_key_key`.execute(db)
  await sql`
    alter table executions
      add constraint executions_client_key_key unique (conversation_id, client_key, owner_id)`.execute(db)

  await sql`
    create table api_keys (
      id uuid primary key,
      user_id uuid not null references users (id) on delete cascade,
      name text not null,
      scopes text[] not null,
      key_hash text not null,
      last_four text not null,
      created_at timestamptz(3) not null default clock_timestamp(),
      expires_at timestamptz(3),
      last_used_at timestamptz(3),
      constraint api_keys_key_hash_key unique (key_hash))`.execute(db)
  await sql`create index api_keys_user_id_idx on api_keys (user_id)`.execute(db)
}
