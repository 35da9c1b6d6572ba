import { type Kysely, sql } from 'kysely'

/**
 * Where a conversation's title comes from, so that one that a person gave is never replaced. The titles there are now
 * count as given. The tables of the job queue are made by the queue itself: docs/decisions/0007.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table conversations add column title_source text not null default 'person'
      check (title_source in ('prompt', 'kept', 'generated', 'person'))`.execute(db)
  await sql`alter table conversations alter column title_source set default 'prompt'`.execute(db)
  // Small, because it holds only those that still wait for a better title.
  await sql`
    create index conversations_title_due_idx on conversations (last_message_at)
    where title_source = 'prompt'`.execute(db)
}
