import type { ConversationId, MessageId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { MessageTable } from '../tables/message.ts'
import { may, type Scope } from './access.ts'
import type { PageRequest } from './keyset.ts'

export type MessageRow = Selectable<MessageTable>

export function insertMessage(db: Db, message: Insertable<MessageTable>): Promise<MessageRow> {
  return db.insertInto('messages').values(message).returningAll().executeTakeFirstOrThrow()
}

const readable = (db: Db, scope: Scope<'conversation'>) =>
  db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .selectAll('messages')
    .where(may(scope))

export function findMessage(
  db: Db,
  scope: Scope<'conversation'>,
  messageId: MessageId,
): Promise<MessageRow | undefined> {
  return readable(db, scope).where('messages.id', '=', messageId).executeTakeFirst()
}

/** A conversation's messages, oldest first. */
export function listMessages(
  db: Db,
  scope: Scope<'conversation'>,
  conversationId: ConversationId,
  { limit, after }: PageRequest,
): Promise<MessageRow[]> {
  return readable(db, scope)
    .where('messages.conversation_id', '=', conversationId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(messages.created_at, messages.id) > (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('messages.created_at')
    .orderBy('messages.id')
    .limit(limit)
    .execute()
}

/** The way from the conversation's first message down to this one, both included. */
export async function listPathTo(db: Db, messageId: MessageId): Promise<MessageRow[]> {
  return db
    .withRecursive('path', (qb) =>
      qb
        .selectFrom('messages')
        .selectAll('messages')
        .select(sql<number>`0`.as('depth'))
        .where('messages.id', '=', messageId)
        .unionAll(
          qb
            .selectFrom('messages')
            .innerJoin('path', 'path.parent_id', 'messages.id')
            .selectAll('messages')
            .select(sql<number>`path.depth + 1`.as('depth')),
        ),
    )
    .selectFrom('path')
    .selectAll()
    .orderBy('depth', 'desc')
    .execute()
}

/**
 * Hangs a message that was sent while an earlier one was still being answered below that answer, so that its
 * history holds it. Does nothing when the parent was not answered by what was under way then.
 */
export async function moveBelowAnswerOfParent(db: Db, messageId: MessageId): Promise<void> {
  await sql`
    update messages m set parent_id = answer.id
    from messages parent
    cross join lateral (
      select a.id from executions e join messages a on a.execution_id = e.id and a.role = 'assistant'
      where e.message_id = parent.id and e.created_at < (select created_at from messages where id = ${messageId})
      order by a.created_at desc, a.id desc limit 1) answer
    where m.id = ${messageId} and parent.id = m.parent_id and parent.role = 'user'`.execute(db)
}
