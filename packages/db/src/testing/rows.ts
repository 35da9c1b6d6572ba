import { randomUUIDv7 } from 'node:crypto'
import type { AgentId, ConversationId, ExecutionId, MessageId, UserId } from '@kickstartmyai/contract'
import type { Db } from '../database.ts'
import { inTransaction } from '../database.ts'
import { insertConversation } from '../repositories/conversations.ts'
import type { ExecutionScope } from '../repositories/access.ts'
import type { Claimant } from '../repositories/execution-leases.ts'
import { type ExecutionRow, insertExecution } from '../repositories/executions.ts'
import { insertMessage } from '../repositories/messages.ts'
import { insertUser } from '../repositories/users.ts'

/** A process that takes executions up, with time and room enough unless told otherwise. */
export function aClaimant(owner: string, rest: Partial<Claimant> = {}): Claimant {
  return { owner, leaseMs: 60_000, deadlineMs: 600_000, runningPerUser: 50, ...rest }
}

/** What a person without any grant may see of executions: their own. */
export function ownExecutions(userId: UserId): ExecutionScope {
  return { noun: 'execution', userId, levels: [], sender: 'enough' }
}

/** A new person; gives the id. */
export async function aUser(db: Db): Promise<UserId> {
  const id = randomUUIDv7() as UserId
  await insertUser(db, { id, email: `${id}@example.com`, full_name: null, password_hash: 'none' })
  return id
}

/** A new conversation of that person; gives the id. */
export async function aConversation(db: Db, ownerId: UserId, agentId: AgentId | null = null): Promise<ConversationId> {
  const id = randomUUIDv7() as ConversationId
  await insertConversation(db, { id, owner_id: ownerId, agent_id: agentId, title: 'A conversation' })
  return id
}

/** A message of that person and the execution that it set off, queued. */
export function anExecution(db: Db, ownerId: UserId, conversationId: ConversationId): Promise<ExecutionRow> {
  return inTransaction(db, async (tx) => {
    const executionId = randomUUIDv7() as ExecutionId
    const messageId = randomUUIDv7() as MessageId
    await insertMessage(tx, {
      id: messageId,
      conversation_id: conversationId,
      parent_id: null,
      role: 'user',
      parts: JSON.stringify([{ type: 'text', text: 'Hello' }]),
      parts_version: 1,
      execution_id: executionId,
      agent_id: null,
      usage: null,
    })
    return insertExecution(tx, {
      id: executionId,
      owner_id: ownerId,
      conversation_id: conversationId,
      agent_id: null,
      message_id: messageId,
      settings: JSON.stringify({ systemPrompt: '', temperature: null, maxTokens: null, maxIterations: 10, tools: [] }),
      provider: 'demo',
      model: 'demo',
      client_key: null,
      body_hash: 'none',
    })
  })
}
