import { createHash } from 'node:crypto'
import {
  type ExecutionId,
  limits,
  type MessageId,
  partsVersion,
  type SendMessageInput,
  type SendResult,
} from '@kickstartmyai/contract'
import {
  type AgentRow,
  countActiveExecutions,
  findAgent,
  findExecutionByClientKey,
  findFirstAgent,
  findMessage,
  findNewestMessage,
  inTransaction,
  insertExecution,
  insertMessage,
  lockConversation,
  type Transaction,
  touchConversation,
  updateConversation,
} from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { titleFrom, untitled } from '../conversations/title.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { toExecutionView } from '../executions/to-execution-view.ts'
import { storableText } from './storable.ts'
import { textOf, toMessageView } from './to-message-view.ts'

/**
 * Says something in a conversation and sets off the agent's answer. Message and execution are committed together before
 * this returns. The same client key again gives the same two back. Throws NOT_FOUND, IDEMPOTENCY_MISMATCH (the key was
 * used for something else), LIMIT_EXCEEDED, MODEL_NOT_CONFIGURED, VALIDATION_FAILED.
 */
export async function sendMessage(deps: Deps, actor: Actor, input: SendMessageInput): Promise<SendResult> {
  const result = await inTransaction(deps.db, async (tx) => {
    const conversation = await lockConversation(tx, actor.userId, input.conversationId)
    if (!conversation) throw notFound('conversation')
    const earlier = await findEarlierSend(tx, actor, input)
    if (earlier) return earlier

    const agent = await chooseAgent(tx, actor, input.agentId ?? conversation.agent_id, input.agentId !== undefined)
    const model = deps.models.resolve(agent.provider, agent.model)
    await checkLimit(tx, actor)
    const parentId = await chooseParent(tx, actor, input)

    const messageId = deps.newId() as MessageId
    const executionId = deps.newId() as ExecutionId
    const parts = input.content.map((part) => ({ ...part, text: storableText(part.text) }))
    const message = await insertMessage(tx, {
      id: messageId,
      conversation_id: conversation.id,
      parent_id: parentId,
      role: 'user',
      parts: JSON.stringify(parts),
      parts_version: partsVersion,
      execution_id: executionId,
      agent_id: null,
      usage: null,
    })
    const execution = await insertExecution(tx, {
      id: executionId,
      owner_id: actor.userId,
      conversation_id: conversation.id,
      agent_id: agent.id,
      message_id: messageId,
      settings: JSON.stringify({
        systemPrompt: agent.system_prompt,
        temperature: agent.temperature,
        maxTokens: agent.max_tokens,
        maxIterations: agent.max_iterations,
        tools: agent.tools,
      }),
      provider: model.provider,
      model: model.id,
      client_key: input.clientKey ?? null,
      body_hash: hashOf(input),
    })
    await touchConversation(tx, conversation.id)
    if (parentId === null && conversation.title === untitled) {
      await updateConversation(tx, actor.userId, conversation.id, { title: titleFrom(textOf(parts)) })
    }
    return { message: toMessageView(message), execution: toExecutionView({ ...execution, answer_message_id: null }) }
  })
  deps.onQueued()
  return result
}

/** What the same client key gave before; the conversation is locked, so that two equal sends cannot both miss it. */
async function findEarlierSend(tx: Transaction, actor: Actor, input: SendMessageInput): Promise<SendResult | null> {
  if (input.clientKey === undefined) return null
  const execution = await findExecutionByClientKey(tx, actor.userId, input.conversationId, input.clientKey)
  if (!execution) return null
  if (execution.body_hash !== hashOf(input)) {
    throw new DomainError('IDEMPOTENCY_MISMATCH', 'This client key was used for a different message. Use a new one.')
  }
  const message = await findMessage(tx, actor.userId, execution.message_id)
  if (!message) throw notFound('message')
  return { message: toMessageView(message), execution: toExecutionView(execution) }
}

function hashOf({ content, agentId, parentMessageId }: SendMessageInput): string {
  return createHash('sha256')
    .update(JSON.stringify([content, agentId, parentMessageId]))
    .digest('hex')
}

async function chooseAgent(
  tx: Transaction,
  actor: Actor,
  agentId: AgentRow['id'] | null,
  isNamed: boolean,
): Promise<AgentRow> {
  const agent = agentId ? await findAgent(tx, actor.userId, agentId) : await findFirstAgent(tx, actor.userId)
  if (!agent && isNamed) throw notFound('agent')
  if (!agent) throw refused('agentId', 'The conversation has no agent. Name one.')
  if (agent.status !== 'active') throw refused('agentId', `The agent “${agent.name}” is ${agent.status}. Activate it.`)
  return agent
}

async function chooseParent(tx: Transaction, actor: Actor, input: SendMessageInput): Promise<MessageId | null> {
  if (input.parentMessageId === undefined) return (await findNewestMessage(tx, input.conversationId))?.id ?? null
  const parent = await findMessage(tx, actor.userId, input.parentMessageId)
  if (parent?.conversation_id !== input.conversationId) throw notFound('message')
  return parent.id
}

async function checkLimit(tx: Transaction, actor: Actor): Promise<void> {
  if ((await countActiveExecutions(tx, actor.userId)) < limits.activeExecutionsPerUser) return
  throw new DomainError(
    'LIMIT_EXCEEDED',
    `At most ${limits.activeExecutionsPerUser} answers can be under way at a time. Wait for one or stop one.`,
    { retryAfterSeconds: 5 },
  )
}

function refused(path: string, message: string): DomainError {
  return new DomainError('VALIDATION_FAILED', message, { issues: [{ path, message }] })
}
