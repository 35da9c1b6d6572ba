import type {
  AgentId,
  ConversationId,
  ExecutionError,
  ExecutionId,
  ExecutionStatus,
  MessageId,
  UserId,
} from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ExecutionTable } from '../tables/execution.ts'
import { type ExecutionScope, mayExecution } from './access.ts'
import type { PageRequest } from './keyset.ts'

export type ExecutionRow = Selectable<ExecutionTable>
export type ExecutionWithAnswer = ExecutionRow & { answer_message_id: MessageId | null }

const answerMessageId = sql<MessageId | null>`(
  select m.id from messages m where m.execution_id = executions.id and m.role = 'assistant')`.as('answer_message_id')

export function insertExecution(db: Db, execution: Insertable<ExecutionTable>): Promise<ExecutionRow> {
  return db.insertInto('executions').values(execution).returningAll().executeTakeFirstOrThrow()
}

const readable = (db: Db, scope: ExecutionScope) =>
  db.selectFrom('executions').selectAll('executions').select(answerMessageId).where(mayExecution(scope))

export function findExecution(
  db: Db,
  scope: ExecutionScope,
  executionId: ExecutionId,
): Promise<ExecutionWithAnswer | undefined> {
  return readable(db, scope).where('executions.id', '=', executionId).executeTakeFirst()
}

export interface ExecutionFilter {
  conversationId: ConversationId | undefined
  agentId: AgentId | undefined
  status: ExecutionStatus | undefined
}

/** What a person has set off, newest first; of a conversation all that they may see of it, whoever set it off. */
export function listExecutions(
  db: Db,
  scope: ExecutionScope,
  filter: ExecutionFilter,
  { limit, after }: PageRequest,
): Promise<ExecutionWithAnswer[]> {
  const { conversationId, agentId, status } = filter
  return readable(db, scope)
    .$if(conversationId === undefined, (query) => query.where('executions.owner_id', '=', scope.userId))
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
 * Asks for a stop of an execution and of all that it has set off, however deep. Gives those that were not
 * over, as they are now. One that nobody works on is ended here and now: its epoch is raised, so that a claim that races
 * with this loses.
 */
export async function requestCancel(
  tx: Transaction,
  scope: ExecutionScope,
  executionId: ExecutionId,
): Promise<ExecutionRow[]> {
  const { rows } = await sql<ExecutionRow>`
    with recursive family as (
      select id, owner_id from executions where id = ${executionId} and ${mayExecution(scope)}
      union
      select child.id, child.owner_id from executions child join family
        on child.parent_execution_id = family.id and child.owner_id = family.owner_id),
    -- In one order, so that two stops at once do not wait for each other.
    held as (
      select e.id from executions e where e.id in (select id from family) and e.status in ('queued', 'running', 'waiting')
      order by e.id for no key update)
    update executions e set
      cancel_requested_at = coalesce(e.cancel_requested_at, clock_timestamp()),
      status = case when e.status = 'running' then e.status else 'cancelled' end,
      epoch = case when e.status = 'running' then e.epoch else e.epoch + 1 end,
      last_seq = case when e.status = 'running' then e.last_seq else e.last_seq + 1 end,
      ended_at = case when e.status = 'running' then null else clock_timestamp() end
    where e.id in (select id from held) and e.status in ('queued', 'running', 'waiting')
    returning e.*`.execute(tx)
  return rows
}

/**
 * Asks for a stop of everything that a person has under way, and says why. Gives what was not over, as it is now; what
 * nobody works on is ended here and now.
 */
export async function requestCancelOfAll(
  tx: Transaction,
  ownerId: UserId,
  reason: ExecutionError,
): Promise<ExecutionRow[]> {
  const { rows } = await sql<ExecutionRow>`
    with held as (
      select e.id from executions e where e.owner_id = ${ownerId} and e.status in ('queued', 'running', 'waiting')
      order by e.id for no key update)
    update executions e set
      cancel_requested_at = coalesce(e.cancel_requested_at, clock_timestamp()),
      error_code = ${reason.code}, error_message = ${reason.message},
      status = case when e.status = 'running' then e.status else 'cancelled' end,
      epoch = case when e.status = 'running' then e.epoch else e.epoch + 1 end,
      last_seq = case when e.status = 'running' then e.last_seq else e.last_seq + 1 end,
      ended_at = case when e.status = 'running' then null else clock_timestamp() end
    where e.id in (select id from held) and e.status in ('queued', 'running', 'waiting')
    returning e.*`.execute(tx)
  return rows
}

/** Whether anything of a person is still queued, running or waiting. */
export async function hasActiveExecutions(db: Db, ownerId: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('executions')
    .select('id')
    .where('owner_id', '=', ownerId)
    .where('status', 'in', ['queued', 'running', 'waiting'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
