import type { ConversationId, ExecutionId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ConversationTable } from '../tables/conversation.ts'
import { type AccessColumns, accessColumns, grantedIds, may, type Scope } from './access.ts'
import type { PageRequest } from './keyset.ts'

/** A conversation as its reader has it. */
export type ConversationRow = Selectable<ConversationTable> &
  AccessColumns & { active_execution_id: ExecutionId | null }

/** A conversation's oldest execution that is not over: queued ones wait behind it. */
const activeExecutionId = sql<ExecutionId | null>`(
  select e.id from executions e
  where e.conversation_id = conversations.id and e.status in ('queued', 'running', 'waiting')
  order by e.created_at, e.id limit 1)`.as('active_execution_id')

type ConversationScope = Scope<'conversation'>

const readable = (db: Db, userId: UserId) =>
  db
    .selectFrom('conversations')
    .selectAll('conversations')
    .select(activeExecutionId)
    .select(accessColumns('conversation', userId))

export async function insertConversation(db: Db, conversation: Insertable<ConversationTable>): Promise<void> {
  await db.insertInto('conversations').values(conversation).execute()
}

export function findConversation(
  db: Db,
  scope: ConversationScope,
  conversationId: ConversationId,
): Promise<ConversationRow | undefined> {
  return readable(db, scope.userId).where('conversations.id', '=', conversationId).where(may(scope)).executeTakeFirst()
}

/** Holds the conversation until the transaction ends, so that two sends to it come one after the other. */
export function lockConversation(
  tx: Transaction,
  scope: ConversationScope,
  conversationId: ConversationId,
): Promise<Selectable<ConversationTable> | undefined> {
  return tx
    .selectFrom('conversations')
    .selectAll()
    .where('conversations.id', '=', conversationId)
    .where(may(scope))
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

/** The conversations that a person may, their own and others', the one that was spoken in last first. */
export function listConversations(
  db: Db,
  scope: ConversationScope,
  { limit, after }: PageRequest,
): Promise<ConversationRow[]> {
  const activity = (table: string) =>
    sql<Date>`coalesce(${sql.table(table)}.last_message_at, ${sql.table(table)}.created_at)`
  const page = () =>
    readable(db, scope.userId)
      .$if(after !== null, (query) =>
        query.where(
          sql<boolean>`(${activity('conversations')}, conversations.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`,
        ),
      )
      .orderBy(activity('conversations'), 'desc')
      .orderBy('conversations.id', 'desc')
      .limit(limit)
  const own = page().where('conversations.owner_id', '=', scope.userId)
  const others = page()
    .where('conversations.owner_id', '!=', scope.userId)
    .where(sql<boolean>`conversations.id = ${grantedIds(scope)}`)
  // Each by its own index: one condition for both would read all that a person has to give the latest few.
  return db
    .selectFrom(
      db
        .selectFrom(own.as('own'))
        .selectAll()
        .unionAll(db.selectFrom(others.as('others')).selectAll())
        .as('both'),
    )
    .selectAll()
    .orderBy(activity('both'), 'desc')
    .orderBy('both.id', 'desc')
    .limit(limit)
    .execute()
}

/** Gives whether there was one. */
export async function updateConversation(
  db: Db,
  scope: ConversationScope,
  conversationId: ConversationId,
  changes: Updateable<ConversationTable>,
): Promise<boolean> {
  const result = await db
    .updateTable('conversations')
    .set({ ...changes, updated_at: sql<Date>`clock_timestamp()` })
    .where('conversations.id', '=', conversationId)
    .where(may(scope))
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Gives whether there was one. Its messages and executions go with it. */
export async function deleteConversation(
  db: Db,
  scope: ConversationScope,
  conversationId: ConversationId,
): Promise<boolean> {
  const result = await db
    .deleteFrom('conversations')
    .where('conversations.id', '=', conversationId)
    .where(may(scope))
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
