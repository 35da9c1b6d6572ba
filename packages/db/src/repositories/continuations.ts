import type { ConversationId, ExecutionId, UserId } from '@kickstartmyai/contract'
import type { Insertable } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ExecutionStepTable } from '../tables/execution-step.ts'
import type { ExecutionTable } from '../tables/execution.ts'
import type { MessageTable } from '../tables/message.ts'
import { insertEvents, type StoredEvent } from './execution-events.ts'
import { type ExecutionRow, insertExecution } from './executions.ts'
import { insertMessage } from './messages.ts'

/** An execution that goes on from finished steps of another one. */
export interface Continuation {
  execution: Insertable<ExecutionTable>
  /** The message that it answers, when it is a new one. */
  message: Insertable<MessageTable> | null
  /** The steps that it does not repeat. */
  steps: readonly Insertable<ExecutionStepTable>[]
  /** What its followers hear of them. */
  events: readonly StoredEvent[]
}

/** Writes it, queued. The caller holds the conversation. */
export async function insertContinuation(
  tx: Transaction,
  { execution, message, steps, events }: Continuation,
): Promise<ExecutionRow> {
  if (message) await insertMessage(tx, message)
  const row = await insertExecution(tx, { ...execution, last_seq: events.at(-1)?.seq ?? 0 })
  if (steps.length > 0) await tx.insertInto('execution_steps').values(steps).execute()
  await insertEvents(tx, row.id, row.epoch, events)
  return row
}

/** The execution that this person's client key set off in the conversation. */
export function findByClientKey(
  db: Db,
  ownerId: UserId,
  conversationId: ConversationId,
  clientKey: string,
): Promise<{ id: ExecutionId; body_hash: string } | undefined> {
  return db
    .selectFrom('executions')
    .select(['id', 'body_hash'])
    .where('conversation_id', '=', conversationId)
    .where('owner_id', '=', ownerId)
    .where('client_key', '=', clientKey)
    .executeTakeFirst()
}

/** How many of the owner's executions are not over. */
export async function countActive(db: Db, ownerId: UserId): Promise<number> {
  const { active } = await db
    .selectFrom('executions')
    .select(({ fn }) => fn.countAll<string>().as('active'))
    .where('owner_id', '=', ownerId)
    .where('status', 'in', ['queued', 'running', 'waiting'])
    .executeTakeFirstOrThrow()
  return Number(active)
}
