import { type Kysely, sql } from 'kysely'

/** What a person tells a model to be. `provider` and `model` null mean the server's default. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table agents (
      id uuid primary key,
      owner_id uuid not null references users (id) on delete cascade,
      name text not null,
      description text not null,
      system_prompt text not null,
      provider text,
      model text,
      temperature double precision,
      max_tokens integer,
      max_iterations integer not null,
      tools jsonb not null,
      status text not null check (status in ('active', 'inactive', 'archived')),
      created_at timestamptz(3) not null default clock_timestamp(),
      updated_at timestamptz(3) not null default clock_timestamp()
    )`.execute(db)
  await sql`create index agents_owner_created_idx on agents (owner_id, created_at, id)`.execute(db)
}
