import type { ExecutionEventType, ExecutionId, ExecutionStatus, GrantLevel, UserId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import { isGranted } from './access.ts'

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

/** The last beginning of a model step, and what was streamed of it since; nothing when none has begun. */
export function listLastAttempt(db: Db, executionId: ExecutionId): Promise<StoredEvent[]> {
  return db
    .selectFrom('execution_events')
    .select(['seq', 'type', 'body'])
    .where('execution_id', '=', executionId)
    .where('type', 'in', ['attempt.started', 'text.delta', 'reasoning.delta'])
    .where('seq', '>=', (begun) =>
      begun
        .selectFrom('execution_events')
        .select('seq')
        .where('execution_id', '=', executionId)
        .where('type', '=', 'attempt.started')
        .orderBy('seq', 'desc')
        .limit(1),
    )
    .orderBy('seq')
    .execute()
}

/** The ids of the tool calls whose outcomes followers were told, in that order. */
export async function listToldOutcomes(db: Db, executionId: ExecutionId): Promise<string[]> {
  const rows = await db
    .selectFrom('execution_events')
    .select(sql<string>`body::json ->> 'callId'`.as('call_id'))
    .where('execution_id', '=', executionId)
    .where('type', 'in', ['tool.completed', 'tool.failed'])
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.call_id)
}

export interface FollowQuestion {
  userId: UserId
  executionId: ExecutionId
  /** The last event that is known. */
  after: number
}

/** An execution as a follower needs it, at one moment: what is new, and whether more can come. */
export interface FollowAnswer {
  status: ExecutionStatus
  events: StoredEvent[]
}

/**
 * For each question up to `limit` events after the one that is known, in order; undefined where the person neither set
 * the execution off nor may read its conversation, by a grant of one of these levels or as its owner. One statement for any number of followers.
 */
export async function readFollowed(
  db: Db,
  levels: readonly GrantLevel[],
  questions: readonly FollowQuestion[],
  limit: number,
): Promise<(FollowAnswer | undefined)[]> {
  const { rows } = await sql<{ n: number; status: ExecutionStatus } & (StoredEvent | Record<keyof StoredEvent, null>)>`
    select q.n::int as n, e.status, v.seq, v.type, v.body
    from unnest(${questions.map((question) => question.executionId)}::uuid[],
      ${questions.map((question) => question.userId)}::uuid[],
      ${questions.map((question) => question.after)}::int[]) with ordinality as q (id, user_id, after, n)
    join executions e on e.id = q.id and (e.owner_id = q.user_id or exists (
      select 1 from conversations c where c.id = e.conversation_id
        and (c.owner_id = q.user_id or ${isGranted('conversation', sql`c.id`, sql`q.user_id`, levels)})))
    left join lateral (
      select seq, type, body from execution_events
      where execution_id = e.id and seq > q.after order by seq limit ${limit}) v on true
    order by q.n, v.seq`.execute(db)
  const answers = questions.map((): FollowAnswer | undefined => undefined)
  for (const { n, status, ...event } of rows) {
    const answer = (answers[n - 1] ??= { status, events: [] })
    if (event.seq !== null) answer.events.push(event)
  }
  return answers
}

/** How far executions have come: without an owner, for followers that were let in already. */
export function readProgressOf(
  db: Db,
  executionIds: readonly ExecutionId[],
): Promise<{ id: ExecutionId; status: ExecutionStatus; last_seq: number }[]> {
  return db
    .selectFrom('executions')
    .select(['id', 'status', 'last_seq'])
    .where('id', '=', sql<ExecutionId>`any(${executionIds}::uuid[])`)
    .execute()
}
