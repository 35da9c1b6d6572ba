import type { ExecutionEventType, ExecutionId } from '@kickstartmyai/contract'
import type { Db, Transaction } from '../database.ts'

/** An event as it is kept and sent: `body` is its JSON without the `seq`. */
export interface StoredEvent {
  seq: number
  type: ExecutionEventType
  body: string
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
