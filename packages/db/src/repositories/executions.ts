import type { AgentId, ConversationId, ExecutionId, ExecutionStatus, MessageId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ExecutionTable } from '../tables/execution.ts'
import type { PageRequest } from './keyset.ts'

export type ExecutionRow = Selectable<ExecutionTable>
export type ExecutionWithAnswer = ExecutionRow & { answer_message_id: MessageId | null }

const answerMessageId = sql<MessageId | null>`(
  select m.id from messages m where m.execution_id = executions.id and m.role = 'assistant')`.as('answer_message_id')

export function insertExecution(db: Db, execution: Insertable<ExecutionTable>): Promise<ExecutionRow> {
  return db.insertInto('executions').values(execution).returningAll().executeTakeFirstOrThrow()
}

const ownedRows = (db: Db, ownerId: UserId) =>
  db.selectFrom('executions').selectAll('executions').select(answerMessageId).where('executions.owner_id', '=', ownerId)

export function findExecution(
  db: Db,
  ownerId: UserId,
  executionId: ExecutionId,
): Promise<ExecutionWithAnswer | undefined> {
  return ownedRows(db, ownerId).where('executions.id', '=', executionId).executeTakeFirst()
}

export interface ExecutionFilter {
  conversationId: ConversationId | undefined
  agentId: AgentId | undefined
  status: ExecutionStatus | undefined
}

/** The owner's executions, newest first. */
export function listExecutions(
  db: Db,
  ownerId: UserId,
  filter: ExecutionFilter,
  { limit, after }: PageRequest,
): Promise<ExecutionWithAnswer[]> {
  const { conversationId, agentId, status } = filter
  return ownedRows(db, ownerId)
    .$if(conversationId !== undefined, (query) => query.where('executions.conversation_id', '=', conversationId!))
    .$if(agentId !== undefined, (query) => query.where('executions.agent_id', '=', agentId!))
    .$if(status !== undefined, (query) => query.where('executions.status', '=', status!))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(executions.created_at, executions.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`,
      ),
    )
    .orderBy('executions.created_at', 'desc')
    .orderBy('executions.id', 'desc')
    .limit(limit)
    .execute()
}

/**
 * Asks for a stop. Gives the row as it is now, or undefined when it is not the owner's or over already. One that nobody
 * works on yet is ended here and now: its epoch is raised, so that a claim that races with this loses.
 */
export async function requestCancel(
  tx: Transaction,
  ownerId: UserId,
  executionId: ExecutionId,
): Promise<ExecutionRow | undefined> {
  return tx
    .updateTable('executions')
    .set((eb) => ({
      cancel_requested_at: sql<Date>`coalesce(cancel_requested_at, clock_timestamp())`,
      status: sql<ExecutionStatus>`case when status = 'running' then status else 'cancelled' end`,
      epoch: sql<number>`case when status = 'running' then epoch else epoch + 1 end`,
      last_seq: sql<number>`case when status = 'running' then last_seq else last_seq + 1 end`,
      ended_at: sql<Date | null>`case when status = 'running' then null else clock_timestamp() end`,
      owner: eb.ref('owner'),
    }))
    .where('id', '=', executionId)
    .where('owner_id', '=', ownerId)
    .where('status', 'in', ['queued', 'running', 'waiting'])
    .returningAll()
    .executeTakeFirst()
}
