import type {
  AgentId,
  AgentStatus,
  ConversationId,
  ExecutionId,
  GrantLevel,
  MessageId,
  ProviderName,
  ToolGrant,
  SendMessageInput,
  UserId,
  WhenBusy,
} from '@kickstartmyai/contract'
import { type Insertable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { ExecutionTable } from '../tables/execution.ts'
import type { MessageTable } from '../tables/message.ts'
import { isGranted } from './access.ts'
import type { Claimant } from './execution-leases.ts'
import type { ExecutionRow } from './executions.ts'

/** Everything that a send is judged by, as it was at one moment. */
export interface SendContext {
  title: string
  /** Changes whenever something is said in the conversation. */
  version: string
  conversation_agent_id: AgentId | null
  /** The agent that was asked for, else the conversation's, else the person's first active one; null when there is none. */
  agent: {
    id: AgentId
    name: string
    status: AgentStatus
    system_prompt: string
    provider: ProviderName | null
    model: string | null
    temperature: number | null
    max_tokens: number | null
    max_iterations: number
    tools: ToolGrant[]
    when_busy: WhenBusy
  } | null
  newest_message_id: MessageId | null
  /** The message that was named to be answered, if it is one of this conversation. */
  parent_message_id: MessageId | null
  /** The execution that the same client key set off before. */
  earlier_execution_id: ExecutionId | null
  /** How many executions of the person are not over … */
  active: number
  /** … and whether one of them is this conversation's. */
  busy: boolean
}

/** Where somebody wants to say something. */
export interface SendQuestion extends Pick<SendMessageInput, 'agentId' | 'clientKey' | 'parentMessageId'> {
  userId: UserId
  conversationId: ConversationId
}

/** Which grants are enough: on a conversation to speak in it, on an agent to use it. Owners need none. */
export interface SendLevels {
  conversation: readonly GrantLevel[]
  agent: readonly GrantLevel[]
}

/** What each send will find, in one statement; undefined where the person may not speak in the conversation. */
export async function readSendContexts(
  db: Db,
  levels: SendLevels,
  questions: readonly SendQuestion[],
): Promise<(SendContext | undefined)[]> {
  const asked = JSON.stringify(
    questions.map(({ userId, conversationId, agentId, clientKey, parentMessageId }, n) => ({
      n,
      owner: userId,
      conversation: conversationId,
      agent: agentId,
      key: clientKey,
      parent: parentMessageId,
    })),
  )
  const { rows } = await sql<SendContext & { n: number }>`
    with q as (
      select * from json_to_recordset(${asked}::json) as q (n int, owner uuid, conversation uuid, agent uuid, key text,
        parent uuid)),
    -- Once for each person, however much they have under way.
    own as materialized (
      select o.owner, (select count(*)::int from executions e
        where e.owner_id = o.owner and e.status in ('queued', 'running', 'waiting')) as active
      from (select distinct owner from q) o)
    select q.n, c.title, c.xmin::text as version, c.agent_id as conversation_agent_id, agent.row as agent,
      (select m.id from messages m where m.conversation_id = c.id order by m.created_at desc, m.id desc limit 1)
        as newest_message_id,
      (select m.id from messages m where m.id = q.parent and m.conversation_id = c.id) as parent_message_id,
      (select e.id from executions e where e.conversation_id = c.id and e.client_key = q.key and e.owner_id = q.owner)
        as earlier_execution_id,
      own.active,
      exists (select 1 from executions e
        where e.conversation_id = c.id and e.status in ('queued', 'running', 'waiting')) as busy
    from q
    join own on own.owner = q.owner
    join conversations c on c.id = q.conversation and (c.owner_id = q.owner
      or ${isGranted('conversation', sql`c.id`, sql`q.owner`, levels.conversation)})
    left join lateral (
      select to_jsonb(a) as row from agents a
      where a.id = coalesce(q.agent, c.agent_id)
        and (a.owner_id = q.owner or ${isGranted('agent', sql`a.id`, sql`q.owner`, levels.agent)})
      union all (
        select to_jsonb(a) from agents a
        where coalesce(q.agent, c.agent_id) is null and a.owner_id = q.owner and a.status = 'active'
        order by a.created_at, a.id limit 1)) agent on true`.execute(db)
  const found = new Map(rows.map((row) => [row.n, row]))
  return questions.map((_, n) => found.get(n))
}

export interface NewSend {
  /** The version of the conversation that the send was judged by. */
  version: string
  /** A new title for the conversation; null leaves it. */
  title: string | null
  message: Pick<Insertable<MessageTable>, 'id' | 'conversation_id' | 'parent_id' | 'parts' | 'parts_version'>
  execution: Pick<
    Insertable<ExecutionTable>,
    'id' | 'owner_id' | 'agent_id' | 'settings' | 'provider' | 'model' | 'client_key' | 'body_hash'
  >
  /**
   * Who runs the execution from here on, unless as many of the owner's run already as may; null leaves it to whoever
   * claims it.
   */
  claimant: Claimant | null
}

/**
 * Writes users' messages and their executions in one statement. Gives each execution, and undefined, with nothing written,
 * where something was said in the conversation since it was looked at, or the person may not speak there (any more: by a
 * grant of one of these levels, or as its owner), or would have more than `mostActive`
 * executions that are not over.
 */
export async function insertSends(
  db: Db,
  levels: readonly GrantLevel[],
  sends: readonly NewSend[],
  mostActive: number,
): Promise<(ExecutionRow | undefined)[]> {
  const { rows } = await sql<ExecutionRow>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(sends.map(toSend))}::json) as s (id uuid, owner_id uuid,
        conversation_id uuid, version text, title text, agent_id uuid, message_id uuid, parent_id uuid, parts jsonb,
        parts_version smallint, settings jsonb, provider text, model text, client_key text, body_hash text,
        claimant text, lease_ms float8, deadline_ms float8, running_per_user int)),
    -- Once for each person, however much they have under way.
    own as materialized (
      select * from (select distinct owner_id from given) o
      cross join lateral (
        select count(*) as active, count(*) filter (where e.status = 'running') as running from executions e
        where e.owner_id = o.owner_id and e.status in ('queued', 'running', 'waiting')) counted),
    sends as (
      select s.*, own.active + row_number() over (partition by s.owner_id) as active,
        case when own.running + row_number() over (partition by s.owner_id) <= s.running_per_user then s.claimant end
          as owner
      from given s join own on own.owner_id = s.owner_id),
    conversation as (
      update conversations c set
        last_message_at = clock_timestamp(), title = coalesce(s.title, c.title),
        updated_at = case when s.title is null then c.updated_at else clock_timestamp() end
      from sends s
      where c.id = s.conversation_id and c.xmin::text = s.version
        and (c.owner_id = s.owner_id or ${isGranted('conversation', sql`c.id`, sql`s.owner_id`, levels)})
        and s.active <= ${mostActive}
      returning s.*, clock_timestamp() as now),
    message as (
      insert into messages (id, conversation_id, parent_id, role, parts, parts_version, execution_id, created_at)
      select message_id, conversation_id, parent_id, 'user', parts, parts_version, id, now from conversation)
    insert into executions (id, owner_id, conversation_id, agent_id, message_id, settings, provider, model, client_key,
      body_hash, status, epoch, attempts, owner, lease_until, deadline, created_at, started_at)
    select id, owner_id, conversation_id, agent_id, message_id, settings, provider, model, client_key, body_hash,
      case when owner is null then 'queued' else 'running' end, (owner is not null)::int, (owner is not null)::int, owner,
      case when owner is not null then clock_timestamp() + lease_ms * interval '1 millisecond' end,
      case when owner is not null then clock_timestamp() + deadline_ms * interval '1 millisecond' end,
      now, case when owner is not null then now end
    from conversation
    returning *`.execute(db)
  const written = new Map(rows.map((row) => [row.id, row]))
  return sends.map(({ execution }) => written.get(execution.id))
}

/** Its JSON columns are JSON text already, as in any insert. */
function toSend({ version, title, message, execution, claimant }: NewSend): object {
  const { id, conversation_id, parent_id, parts, parts_version } = message
  return {
    ...execution,
    settings: fromJson(execution.settings),
    conversation_id,
    version,
    title,
    message_id: id,
    parent_id,
    parts: fromJson(parts),
    parts_version,
    ...(claimant && {
      claimant: claimant.owner,
      lease_ms: claimant.leaseMs,
      deadline_ms: claimant.deadlineMs,
      running_per_user: claimant.runningPerUser,
    }),
  }
}

const fromJson = (text: string): unknown => JSON.parse(text)
