import type { ConversationId, ExecutionId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ConversationTable } from '../tables/conversation.ts'
import type { PageRequest } from './keyset.ts'

export type ConversationRow = Selectable<ConversationTable> & { active_execution_id: ExecutionId | null }

/** A conversation's oldest execution that is not over: queued ones wait behind it. */
const activeExecutionId = sql<ExecutionId | null>`(
  select e.id from executions e
  where e.conversation_id = conversations.id and e.status in ('queued', 'running', 'waiting')
  order by e.created_at, e.id limit 1)`.as('active_execution_id')

const rows = (db: Db, ownerId: UserId) =>
  db
    .selectFrom('conversations')
    .selectAll('conversations')
    .select(activeExecutionId)
    .where('conversations.owner_id', '=', ownerId)

export async function insertConversation(db: Db, conversation: Insertable<ConversationTable>): Promise<void> {
  await db.insertInto('conversations').values(conversation).execute()
}

export function findConversation(
  db: Db,
  ownerId: UserId,
  conversationId: ConversationId,
): Promise<ConversationRow | undefined> {
  return rows(db, ownerId).where('conversations.id', '=', conversationId).executeTakeFirst()
}

/** Holds the conversation until the transaction ends, so that two sends to it come one after the other. */
export function lockConversation(
  tx: Transaction,
  ownerId: UserId,
  conversationId: ConversationId,
): Promise<Selectable<ConversationTable> | undefined> {
  return tx
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversationId)
    .where('owner_id', '=', ownerId)
    .forUpdate()
    .executeTakeFirst()
}

/** Something was said: sends that were judged by what stood there before look again. */
export async function touchConversation(tx: Transaction, conversationId: ConversationId): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ last_message_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', conversationId)
    .execute()
}

/** The owner's conversations, the one that was spoken in last first. */
export function listConversations(db: Db, ownerId: UserId, { limit, after }: PageRequest): Promise<ConversationRow[]> {
  const activity = sql<Date>`coalesce(conversations.last_message_at, conversations.created_at)`
  return rows(db, ownerId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(${activity}, conversations.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy(activity, 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(limit)
    .execute()
}

/** Gives whether there was one. */
export async function updateConversation(
  db: Db,
  ownerId: UserId,
  conversationId: ConversationId,
  changes: Updateable<ConversationTable>,
): Promise<boolean> {
  const result = await db
    .updateTable('conversations')
    .set({ ...changes, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', conversationId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Gives whether there was one. Its messages and executions go with it. */
export async function deleteConversation(db: Db, ownerId: UserId, conversationId: ConversationId): Promise<boolean> {
  const result = await db
    .deleteFrom('conversations')
    .where('id', '=', conversationId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
