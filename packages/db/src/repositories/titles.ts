import type { ConversationId, MessagePart, TitleSource, UserId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** A conversation and whose it is. */
export interface OwnedConversation {
  conversationId: ConversationId
  ownerId: UserId
}

/** Which of these still have the title that was made of the first prompt, and may get a better one. */
export async function findTitlesDue(db: Db, conversations: readonly OwnedConversation[]): Promise<OwnedConversation[]> {
  const asked = JSON.stringify(conversations.map(({ conversationId, ownerId }) => ({ id: conversationId, ownerId })))
  const { rows } = await sql<OwnedConversation>`
    select distinct c.id as "conversationId", c.owner_id as "ownerId"
    from json_to_recordset(${asked}::json) as asked (id uuid, "ownerId" uuid)
      join conversations c on c.id = asked.id and c.owner_id = asked."ownerId"
    where c.title_source = 'prompt'`.execute(db)
  return rows
}

/**
 * Conversations of anybody that were answered a while ago and still have their prompt for a title: whatever was to give
 * them a better one was lost. Only those in which something was said within `withinMs`, the latest first.
 */
export async function findForgottenTitles(
  db: Db,
  { withinMs, afterMs, limit }: { withinMs: number; afterMs: number; limit: number },
): Promise<OwnedConversation[]> {
  // `now()` stands still during the statement, so that the index gives the bounds.
  const { rows } = await sql<OwnedConversation>`
    select c.id as "conversationId", c.owner_id as "ownerId"
    from conversations c
    where c.title_source = 'prompt'
      and c.last_message_at > now() - ${withinMs}::float8 * interval '1 millisecond'
      and c.last_message_at <= now() - ${afterMs}::float8 * interval '1 millisecond'
      and exists (select 1 from executions e where e.conversation_id = c.id and e.status = 'completed')
    order by c.last_message_at desc
    limit ${limit}`.execute(db)
  return rows
}

/** What a title is made of: the first answer of a conversation, what it answers, and the model that gave it. */
export interface TitleMaterial {
  provider: string | null
  model: string | null
  question: MessagePart[]
  answer: MessagePart[]
}

/** Undefined when the conversation needs no title any more, has no complete answer, or is not the owner's. */
export async function findTitleMaterial(
  db: Db,
  { ownerId, conversationId }: OwnedConversation,
): Promise<TitleMaterial | undefined> {
  const { rows } = await sql<TitleMaterial>`
    select e.provider, e.model, question.parts as question, answer.parts as answer
    from conversations c
      join executions e on e.conversation_id = c.id and e.status = 'completed'
      join messages question on question.id = e.message_id
      join messages answer on answer.execution_id = e.id and answer.role = 'assistant'
    where c.id = ${conversationId} and c.owner_id = ${ownerId} and c.title_source = 'prompt'
    order by e.created_at, e.id
    limit 1`.execute(db)
  return rows[0]
}

/**
 * Gives a conversation the title that was found for it, or with null lets it keep the one it has. Gives false, with
 * nothing changed, when it has got another one since, by a person or otherwise.
 */
export async function settleTitle(
  db: Db,
  { ownerId, conversationId }: OwnedConversation,
  title: string | null,
): Promise<boolean> {
  const source: TitleSource = title === null ? 'kept' : 'generated'
  const result = await db
    .updateTable('conversations')
    .set({ title_source: source, ...(title !== null && { title, updated_at: sql<Date>`clock_timestamp()` }) })
    .where('id', '=', conversationId)
    .where('owner_id', '=', ownerId)
    .where('title_source', '=', 'prompt')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
