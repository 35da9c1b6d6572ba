import { type Kysely, sql } from 'kysely'

/** Conversations and their tree of messages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table conversations (
      id uuid primary key,
      owner_id uuid not null references users (id) on delete cascade,
      agent_id uuid references agents (id) on delete set null,
      title text not null,
      created_at timestamptz(3) not null default clock_timestamp(),
      updated_at timestamptz(3) not null default clock_timestamp(),
      last_message_at timestamptz(3)
    )`.execute(db)
  await sql`
    create index conversations_owner_activity_idx
    on conversations (owner_id, coalesce(last_message_at, created_at) desc, id desc)`.execute(db)
  await sql`create index conversations_agent_id_idx on conversations (agent_id)`.execute(db)

  await sql`
    create table messages (
      id uuid primary key,
      conversation_id uuid not null references conversations (id) on delete cascade,
      parent_id uuid references messages (id) on delete cascade,
      role text not null check (role in ('user', 'assistant', 'system')),
      parts jsonb not null,
      parts_version smallint not null,
      complete boolean not null default true,
      execution_id uuid,
      agent_id uuid references agents (id) on delete set null,
      usage jsonb,
      created_at timestamptz(3) not null default clock_timestamp()
    )`.execute(db)
  await sql`create index messages_conversation_created_idx on messages (conversation_id, created_at, id)`.execute(db)
  await sql`create index messages_parent_id_idx on messages (parent_id)`.execute(db)
  await sql`create index messages_agent_id_idx on messages (agent_id)`.execute(db)
}
