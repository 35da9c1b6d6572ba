import { type Kysely, sql } from 'kysely'

/** Runs of agents, with what makes them survive: the lease and its epoch, finished steps, and the event log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table executions (
      id uuid primary key,
      owner_id uuid not null references users (id) on delete cascade,
      conversation_id uuid not null references conversations (id) on delete cascade,
      agent_id uuid references agents (id) on delete set null,
      message_id uuid not null references messages (id) on delete cascade,
      parent_execution_id uuid references executions (id) on delete set null,
      status text not null default 'queued'
        check (status in ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled', 'timed_out')),
      settings jsonb not null,
      provider text,
      model text,
      client_key text,
      body_hash text not null,
      epoch integer not null default 0,
      owner text,
      lease_until timestamptz(3),
      attempts integer not null default 0,
      cancel_requested_at timestamptz(3),
      not_before timestamptz(3),
      deadline timestamptz(3),
      last_seq integer not null default 0,
      error_code text,
      error_message text,
      input_tokens integer not null default 0,
      output_tokens integer not null default 0,
      cached_input_tokens integer not null default 0,
      reasoning_tokens integer not null default 0,
      created_at timestamptz(3) not null default clock_timestamp(),
      started_at timestamptz(3),
      ended_at timestamptz(3),
      constraint executions_client_key_key unique (conversation_id, client_key)
    )`.execute(db)
  await sql`create index executions_owner_created_idx on executions (owner_id, created_at desc, id desc)`.execute(db)
  await sql`create index executions_agent_id_idx on executions (agent_id, created_at desc)`.execute(db)
  await sql`create index executions_message_id_idx on executions (message_id)`.execute(db)
  await sql`create index executions_parent_idx on executions (parent_execution_id)`.execute(db)
  // Small, because it holds only what is not over: the claim and "what runs in this conversation" read nothing else.
  await sql`
    create index executions_active_idx on executions (conversation_id, created_at, id)
    where status in ('queued', 'running', 'waiting')`.execute(db)
  await sql`
    create index executions_claimable_idx on executions (created_at, id)
    where status in ('queued', 'running')`.execute(db)

  // A message and its execution name each other and are written in one transaction.
  await sql`
    alter table messages add constraint messages_execution_id_fkey
    foreign key (execution_id) references executions (id) on delete set null deferrable initially deferred`.execute(db)
  await sql`create unique index messages_answer_key on messages (execution_id) where role = 'assistant'`.execute(db)
  await sql`create index messages_execution_id_idx on messages (execution_id)`.execute(db)

  await sql`
    create table execution_steps (
      id uuid primary key,
      execution_id uuid not null references executions (id) on delete cascade,
      name text not null,
      kind text not null check (kind in ('model', 'tool')),
      epoch integer not null,
      state text not null check (state in ('started', 'done', 'unknown', 'failed')),
      attempt integer not null default 1,
      input jsonb,
      input_hash text,
      idempotency_key text,
      result jsonb,
      started_at timestamptz(3) not null default clock_timestamp(),
      ended_at timestamptz(3),
      constraint execution_steps_name_key unique (execution_id, name)
    )`.execute(db)

  // The body is text, not jsonb: it is written once, sent as it is and never looked into.
  await sql`
    create table execution_events (
      execution_id uuid not null references executions (id) on delete cascade,
      seq integer not null,
      epoch integer not null,
      type text not null,
      body text not null,
      constraint execution_events_pkey primary key (execution_id, seq)
    )`.execute(db)
}
