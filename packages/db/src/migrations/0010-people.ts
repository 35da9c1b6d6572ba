import { type Kysely, sql } from 'kysely'

/** What belongs to a person besides name and password: standing, proofs of address, second factor, invitations, mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Somebody whom an administrator has added has no password yet. `leaving`: being erased.
  await sql`
    alter table users
      alter column password_hash drop not null,
      add column status text not null default 'active' check (status in ('active', 'suspended', 'leaving')),
      add column email_verified_at timestamptz(3),
      add column pending_email text check (pending_email = lower(pending_email))`.execute(db)
  await sql`create index users_created_idx on users (created_at desc, id desc)`.execute(db)

  // Of each kind a person has one that is good; a new one takes its place, and using it takes it away.
  await sql`
    create table user_tokens (
      user_id uuid not null references users (id) on delete cascade,
      kind text not null check (kind in ('verify_email', 'reset_password')),
      token_hash text not null,
      email text not null,
      created_at timestamptz(3) not null default clock_timestamp(),
      expires_at timestamptz(3) not null,
      primary key (user_id, kind),
      constraint user_tokens_hash_key unique (token_hash)
    )`.execute(db)

  await sql`
    create table invitations (
      id uuid primary key,
      email text not null,
      role text not null check (role in ('user', 'admin')),
      token_hash text,
      invited_by uuid not null references users (id) on delete cascade,
      created_at timestamptz(3) not null default clock_timestamp(),
      expires_at timestamptz(3) not null,
      constraint invitations_email_key unique (email),
      constraint invitations_hash_key unique (token_hash)
    )`.execute(db)
  await sql`create index invitations_invited_by_idx on invitations (invited_by)`.execute(db)

  // The secret itself is derived from the nonce with the server's secret: a copy of the database holds none.
  await sql`
    create table totp_factors (
      user_id uuid primary key references users (id) on delete cascade,
      nonce text not null,
      confirmed_at timestamptz(3),
      last_step integer not null default 0
    )`.execute(db)
  await sql`
    create table recovery_codes (
      user_id uuid not null references users (id) on delete cascade,
      code_hash text not null,
      primary key (user_id, code_hash)
    )`.execute(db)

  // What could not be sent since there is no SMTP server.
  await sql`
    create table outbox_mails (
      id uuid primary key,
      user_id uuid references users (id) on delete cascade,
      recipient text not null,
      subject text not null,
      body_text text not null,
      body_html text not null,
      created_at timestamptz(3) not null default clock_timestamp()
    )`.execute(db)
  await sql`create index outbox_mails_created_idx on outbox_mails (created_at desc, id desc)`.execute(db)
  await sql`create index outbox_mails_user_id_idx on outbox_mails (user_id)`.execute(db)

  // One row: the token that makes the first administrator, and when it did.
  await sql`
    create table setup (
      one boolean primary key default true check (one),
      token_hash text not null,
      done_at timestamptz(3)
    )`.execute(db)
}
