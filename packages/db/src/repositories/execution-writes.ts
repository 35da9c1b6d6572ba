import type { ExecutionError, ExecutionId, ExecutionStatus, StepId, Usage } from '@kickstartmyai/contract'
import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { MessageTable } from '../tables/message.ts'
import type { StoredEvent } from './execution-events.ts'

/** A step as it is held for a person (`awaiting`) or begins (`started`), with its input, or as it ends, with its result. */
export interface StepWrite {
  id: StepId
  name: string
  kind: 'model' | 'tool'
  state: 'awaiting' | 'started' | 'done' | 'failed' | 'unknown'
  input: object | null
  inputHash: string | null
  result: object | null
  /** How long a step took of which only the end is written. */
  durationMs: number
}

export interface ExecutionEnd {
  status: ExecutionStatus
  error: ExecutionError | null
  /** The answer, whole or as far as it came. */
  message: Insertable<MessageTable> | null
}

/** What the holder of a lease writes at one time: events, and whatever must be committed together with them. */
export interface ExecutionWrite {
  executionId: ExecutionId
  epoch: number
  events: readonly StoredEvent[]
  /** The execution's totals; null leaves them. */
  usage: Usage | null
  steps: readonly StepWrite[]
  end: ExecutionEnd | null
}

/**
 * Writes for many executions in one statement: the group commit of a whole process. Each write passes the fence by
 * itself. Gives those writes that were taken; for one that is missing the epoch has moved on, or the execution is over,
 * and nothing was written. An execution and epoch may come up once in a batch. `again`: the answer to the same writes was
 * lost, and what of them is there already is left.
 */
export async function writeExecutions(
  db: Db,
  writes: readonly ExecutionWrite[],
  { again = false } = {},
): Promise<Set<ExecutionWrite>> {
  const heads = JSON.stringify(writes.map(toHead))
  const events = JSON.stringify(writes.flatMap(toEvents))
  const isPlain = writes.every((write) => write.usage === null && write.end === null && write.steps.length === 0)
  const { rows } = await (
    isPlain ? eventsOnly(heads, inserted(events, again)) : everything(heads, inserted(events, again), writes)
  ).execute(db)
  const epochs = new Map(rows.map((row) => [row.id, row.epoch]))
  return new Set(writes.filter((write) => epochs.get(write.executionId) === write.epoch))
}

const toHead = ({ executionId, epoch, events, usage, end }: ExecutionWrite) => ({
  id: executionId,
  epoch,
  seq: events.at(-1)?.seq,
  ...(usage && {
    input: usage.inputTokens,
    output: usage.outputTokens,
    cached: usage.cachedInputTokens,
    reasoning: usage.reasoningTokens,
  }),
  ...(end && { status: end.status, code: end.error?.code, message: end.error?.message }),
})

/** Keys of one letter: this is the one row for each token. */
const toEvents = ({ executionId, epoch, events }: ExecutionWrite) =>
  events.map(({ seq, type, body }) => ({ i: executionId, e: epoch, s: seq, t: type, b: body }))

type Sql = RawBuilder<unknown>

interface Fenced {
  id: ExecutionId
  epoch: number
}

const inserted = (events: string, again: boolean) => sql`
  written as (
    insert into execution_events (execution_id, seq, epoch, type, body)
    select b.i, b.s, b.e, b.t, b.b
    from json_to_recordset(${events}::json) as b (i uuid, s int, e int, t text, b text) join fenced f on f.id = b.i
      and f.epoch = b.e
    ${again ? sql`on conflict (execution_id, seq) do nothing` : sql``})`

/** Tokens and nothing else, by far the most frequent. */
const eventsOnly = (heads: string, written: Sql) => sql<Fenced>`
  with fenced as (
    update executions e set last_seq = coalesce(h.seq, e.last_seq)
    from json_to_recordset(${heads}::json) as h (id uuid, epoch int, seq int)
    where e.id = h.id and e.epoch = h.epoch and e.status = 'running'
    returning e.id, e.epoch),
  ${written}
  select id, epoch from fenced`

const everything = (heads: string, written: Sql, writes: readonly ExecutionWrite[]) => sql<Fenced>`
  with fenced as (
    update executions e set
      last_seq = coalesce(h.seq, e.last_seq),
      input_tokens = coalesce(h.input, e.input_tokens), output_tokens = coalesce(h.output, e.output_tokens),
      cached_input_tokens = coalesce(h.cached, e.cached_input_tokens),
      reasoning_tokens = coalesce(h.reasoning, e.reasoning_tokens),
      status = coalesce(h.status, e.status), -- Why a stop was asked for stays.
      error_code = coalesce(h.code, e.error_code), error_message = coalesce(h.message, e.error_message),
      owner = case when h.status is null then e.owner end,
      lease_until = case when h.status is null then e.lease_until end,
      ended_at = case when h.status is not null then clock_timestamp() end
    from json_to_recordset(${heads}::json) as h (id uuid, epoch int, seq int, input int, output int, cached int,
      reasoning int, status text, code text, message text)
    where e.id = h.id and e.epoch = h.epoch and e.status = 'running'
    returning e.id, e.epoch, e.conversation_id),
  ${written},
  stepped as (
    insert into execution_steps as step
      (id, execution_id, name, kind, epoch, state, input, input_hash, result, started_at, ended_at)
    select s.id, f.id, s.name, s.kind, f.epoch, s.state, s.input, s.input_hash, s.result,
      clock_timestamp() - s.ms * interval '1 millisecond', case when s.state not in ('awaiting', 'started') then clock_timestamp() end
    from json_to_recordset(${JSON.stringify(writes.flatMap(toSteps))}::json) as s (execution_id uuid, id uuid, name text,
      kind text, state text, epoch int, input jsonb, input_hash text, result jsonb, ms float8)
      join fenced f on f.id = s.execution_id and f.epoch = s.epoch
    on conflict (execution_id, name) do update set
      epoch = excluded.epoch, state = excluded.state, result = excluded.result, ended_at = excluded.ended_at,
      attempt = step.attempt + (excluded.state = 'started' and step.state <> 'awaiting')::int,
      started_at = case when excluded.state = 'started' then excluded.started_at else step.started_at end),
  answered as (
    insert into messages (id, conversation_id, parent_id, role, parts, parts_version, complete, execution_id, agent_id,
      usage, created_at)
    select m.id, m.conversation_id, m.parent_id, m.role, m.parts, m.parts_version, m.complete, f.id, m.agent_id,
      m.usage, m.created_at
    from json_to_recordset(${JSON.stringify(writes.flatMap(toAnswer))}::json) as m (id uuid, epoch int,
      conversation_id uuid, parent_id uuid, role text, parts jsonb, parts_version smallint, complete boolean,
      execution_id uuid, agent_id uuid, usage jsonb, created_at timestamptz)
      join fenced f on f.id = m.execution_id and f.epoch = m.epoch
    returning conversation_id),
  touched as (
    update conversations c set last_message_at = clock_timestamp()
    from answered a where c.id = a.conversation_id)
  select id, epoch from fenced`

const toSteps = ({ executionId, epoch, steps }: ExecutionWrite) =>
  steps.map(({ durationMs, inputHash, ...step }) => ({
    execution_id: executionId,
    epoch,
    ...step,
    input_hash: inputHash,
    ms: durationMs,
  }))

/** Its JSON columns are JSON text already, as in any insert. */
function toAnswer({ epoch, end }: ExecutionWrite): object[] {
  if (!end?.message) return []
  const { parts, usage, ...message } = end.message
  return [{ ...message, epoch, parts: fromJson(parts), usage: usage && fromJson(usage) }]
}

const fromJson = (text: string): unknown => JSON.parse(text)
