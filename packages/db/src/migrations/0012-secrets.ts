import { type Kysely, sql } from 'kysely'

/**
 * What people entrust to the server and the server must be able to read again: encrypted, each by the key that `key_id`
 * names. `kind` and `name` say what it is for ("provider_key", "openai"); `last_four` is all that is ever shown of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table secrets (
      id uuid primary key,
      owner_id uuid not null references users (id) on delete cascade,
      kind text not null,
      name text not null,
      key_id text not null,
      sealed text not null,
      last_four text not null default '',
      created_at timestamptz(3) not null default clock_timestamp(),
      updated_at timestamptz(3) not null default clock_timestamp(),
      constraint secrets_owner_key unique (owner_id, kind, name)
    )`.execute(db)
  // A rotation asks for those of other keys, and the start whether it has all keys that are in use.
  await sql`create index secrets_key_id_idx on secrets (key_id, id)`.execute(db)
}
