import type {
  AgentId,
  AgentStatus,
  ConversationId,
  ExecutionId,
  MessageId,
  ProviderName,
  ToolGrant,
  SendMessageInput,
  UserId,
} from '@kickstartmyai/contract'
import { type Insertable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { ExecutionTable } from '../tables/execution.ts'
import type { MessageTable } from '../tables/message.ts'
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

/** What a send to a conversation will find, in one statement; undefined when the conversation is not the owner's. */
export async function readSendContext(
  db: Db,
  ownerId: UserId,
  conversationId: ConversationId,
  { agentId, clientKey, parentMessageId }: Pick<SendMessageInput, 'agentId' | 'clientKey' | 'parentMessageId'>,
): Promise<SendContext | undefined> {
  const { rows } = await sql<SendContext>`
    select c.title, c.xmin::text as version, c.agent_id as conversation_agent_id, agent.row as agent,
      (select m.id from messages m where m.conversation_id = c.id order by m.created_at desc, m.id desc limit 1)
        as newest_message_id,
      (select m.id from messages m where m.id = ${parentMessageId ?? null} and m.conversation_id = c.id)
        as parent_message_id,
      (select e.id from executions e where e.conversation_id = c.id and e.client_key = ${clientKey ?? null})
        as earlier_execution_id,
      (select count(*)::int from executions e
        where e.owner_id = c.owner_id and e.status in ('queued', 'running', 'waiting')) as active,
      exists (select 1 from executions e
        where e.conversation_id = c.id and e.status in ('queued', 'running', 'waiting')) as busy
    from conversations c
    left join lateral (
      select to_jsonb(a) as row from agents a
      where a.owner_id = c.owner_id
        and case when coalesce(${agentId ?? null}::uuid, c.agent_id) is null then a.status = 'active'
          else a.id = coalesce(${agentId ?? null}::uuid, c.agent_id) end
      order by a.created_at, a.id limit 1) agent on true
    where c.id = ${conversationId} and c.owner_id = ${ownerId}`.execute(db)
  return rows[0]
}

export interface NewSend {
  /** The version of the conversation that the send was judged by. */
  version: string
  /** A new title for the conversation; null leaves it. */
  title: string | null
  message: Insertable<MessageTable>
  execution: Insertable<ExecutionTable>
  /** Who runs the execution from here on; null leaves it to whoever claims it. */
  claimant: Claimant | null
}

/**
 * Writes a user's message and its execution in one statement. Gives the execution, and undefined, with nothing written,
 * when something was said in the conversation since it was looked at.
 */
export async function insertSend(
  db: Db,
  { version, title, message, execution, claimant }: NewSend,
): Promise<ExecutionRow | undefined> {
  const { rows } = await sql<ExecutionRow>`
    with conversation as (
      update conversations set
        last_message_at = clock_timestamp(), title = coalesce(${title}, title),
        updated_at = case when ${title}::text is null then updated_at else clock_timestamp() end
      where id = ${message.conversation_id} and owner_id = ${execution.owner_id} and xmin::text = ${version}
      returning id, clock_timestamp() as now),
    message as (
      insert into messages (id, conversation_id, parent_id, role, parts, parts_version, execution_id,
        created_at)
      select ${message.id}, id, ${message.parent_id}, ${message.role}, ${message.parts}, ${message.parts_version},
        ${execution.id}, now
      from conversation)
    insert into executions (id, owner_id, conversation_id, agent_id, message_id, settings, provider, model, client_key,
      body_hash, status, epoch, attempts, owner, lease_until, created_at, started_at)
    select ${execution.id}, ${execution.owner_id}, id, ${execution.agent_id}, ${message.id}, ${execution.settings},
      ${execution.provider}, ${execution.model}, ${execution.client_key}, ${execution.body_hash},
      ${claimant ? 'running' : 'queued'}, ${claimant ? 1 : 0}, ${claimant ? 1 : 0}, ${claimant?.owner ?? null},
      clock_timestamp() + ${claimant?.leaseMs ?? null}::float8 * interval '1 millisecond',
      now, case when ${claimant !== null}::boolean then now end
    from conversation
    returning *`.execute(db)
  return rows[0]
}
