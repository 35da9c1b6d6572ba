import { type Kysely, sql } from 'kysely'

/** People and their signed-in sessions. Times are UTC with milliseconds, the precision that the wire and cursors have. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id uuid primary key,
      email text not null,
      full_name text,
      password_hash text not null,
      role text not null default 'user' check (role in ('user', 'admin')),
      created_at timestamptz(3) not null default clock_timestamp(),
      updated_at timestamptz(3) not null default clock_timestamp(),
      constraint users_email_key unique (email),
      constraint users_email_lower check (email = lower(email))
    )`.execute(db)

  // No refresh token is kept: each is derived from the session's id and generation with the server's secret. The one
  // before the current is honoured for a short grace, so that two tabs that refresh at once do not lose the session;
  // an older one means theft.
  await sql`
    create table sessions (
      id uuid primary key,
      user_id uuid not null references users (id) on delete cascade,
      generation integer not null default 0,
      rotated_at timestamptz(3),
      user_agent text,
      address text,
      created_at timestamptz(3) not null default clock_timestamp(),
      last_used_at timestamptz(3) not null default clock_timestamp(),
      expires_at timestamptz(3) not null,
      revoked_at timestamptz(3)
    )`.execute(db)
  await sql`create index sessions_user_id_idx on sessions (user_id)`.execute(db)
}
