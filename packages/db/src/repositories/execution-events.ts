import type { ExecutionEventType, ExecutionId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'

/** An event as it is kept and sent: `body` is its JSON without the `seq`. */
export interface StoredEvent {
  seq: number
  type: ExecutionEventType
  body: string
}

export interface LoggedEvent extends StoredEvent {
  executionId: ExecutionId
  epoch: number
}

/**
 * Appends events of many executions in one statement (the group commit of a whole process). Gives the executions whose
 * events were taken; for one that is missing the epoch has moved on and nothing was written.
 */
export async function appendEvents(db: Db, events: readonly LoggedEvent[]): Promise<Set<ExecutionId>> {
  const { rows } = await sql<{ id: ExecutionId }>`
    with batch as (
      select * from unnest(
        ${events.map((event) => event.executionId)}::uuid[], ${events.map((event) => event.seq)}::int[],
        ${events.map((event) => event.epoch)}::int[], ${events.map((event) => event.type)}::text[],
        ${events.map((event) => event.body)}::text[]) as t (execution_id, seq, epoch, type, body)),
    heads as (
      select execution_id, epoch, max(seq) as seq from batch group by execution_id, epoch),
    fenced as (
      update executions e set last_seq = heads.seq from heads
      where e.id = heads.execution_id and e.epoch = heads.epoch and e.status = 'running'
      returning e.id),
    written as (
      insert into execution_events (execution_id, seq, epoch, type, body)
      select b.execution_id, b.seq, b.epoch, b.type, b.body from batch b join fenced f on f.id = b.execution_id)
    select id from fenced`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Writes events of one execution inside a transaction that has already passed the fence. */
export async function insertEvents(
  tx: Transaction,
  executionId: ExecutionId,
  epoch: number,
  events: readonly StoredEvent[],
): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('execution_events')
    .values(events.map((event) => ({ execution_id: executionId, epoch, ...event })))
    .execute()
}

/** Up to `limit` events after `afterSeq`, in order. */
export function readEvents(db: Db, executionId: ExecutionId, afterSeq: number, limit: number): Promise<StoredEvent[]> {
  return db
    .selectFrom('execution_events')
    .select(['seq', 'type', 'body'])
    .where('execution_id', '=', executionId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}
