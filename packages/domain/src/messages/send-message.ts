import { createHash } from 'node:crypto'
import {
  type ExecutionId,
  type MessageId,
  partsVersion,
  type SendMessageInput,
  type SendResult,
  type TextPart,
} from '@kickstartmyai/contract'
import {
  type Db,
  type ExecutionRow,
  findExecution,
  findMessage,
  inTransaction,
  lockConversation,
  type NewSend,
  type SendContext,
} from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { toExecutionSettings } from '../agents/to-execution-settings.ts'
import { titleFrom, untitled } from '../conversations/title.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { toExecutionView } from '../executions/to-execution-view.ts'
import { createLookUps } from '../look-ups.ts'
import { judgeSend } from './judge-send.ts'
import { storableParts } from './storable.ts'
import { textOf, toMessageView } from './to-message-view.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { conversationRefusal } from '../policy/refusal.ts'

/** A send that is written, and the execution's row when this process is to run it. */
interface Sent {
  result: SendResult
  claimed: { row: ExecutionRow; parts: readonly TextPart[]; parentId: MessageId | null } | null
  isQueued: boolean
}

/** So often a send is tried without holding the conversation; others may be speaking in it at the same time. */
const triesWithoutLock = 2

/**
 * Says something in a conversation and sets off the agent's answer. Message and execution are committed together before
 * this returns. The same client key again gives the same two back. Throws NOT_FOUND, FORBIDDEN, IDEMPOTENCY_MISMATCH (the key was
 * used for something else), LIMIT_EXCEEDED, CONVERSATION_BUSY, MODEL_NOT_CONFIGURED, VALIDATION_FAILED.
 */
export async function sendMessage(deps: Deps, actor: Actor, input: SendMessageInput): Promise<SendResult> {
  let sent: Sent | null = null
  for (let tries = 0; !sent && tries < triesWithoutLock; tries++) sent = await trySend(deps, deps, actor, input)
  sent ??= await inTransaction(deps.db, async (tx) => {
    await lockConversation(tx, scopeOf(actor, 'conversation.send'), input.conversationId)
    const last = await trySend(deps, { db: tx, lookUps: createLookUps(tx, deps.caps) }, actor, input)
    if (!last) throw new DomainError('CONFLICT', 'The conversation changed while this was sent. Send it again.')
    return last
  })
  await deps.failPoint('send.after')
  if (sent.claimed) deps.onClaimed(sent.claimed.row, sent.claimed)
  else if (sent.isQueued) deps.onQueued()
  return sent.result
}

/** Looks, judges and writes; null when somebody else spoke in the conversation between the look and the write. */
async function trySend(
  deps: Deps,
  { db, lookUps }: Pick<Deps, 'db' | 'lookUps'>,
  actor: Actor,
  input: SendMessageInput,
): Promise<Sent | null> {
  const { conversationId, agentId, clientKey, parentMessageId } = input
  const question = { userId: actor.userId, conversationId, agentId, clientKey, parentMessageId }
  const context = await lookUps.sendContext(question)
  if (!context) throw await conversationRefusal({ db }, actor, conversationId)
  if (context.earlier_execution_id !== null) {
    return { result: await findEarlier(db, actor, input, context.earlier_execution_id), claimed: null, isQueued: false }
  }
  const send = await prepare(deps, actor, input, context)
  await deps.failPoint('send.before')
  const row = await lookUps.send(send)
  if (!row) return null
  const { parent_id: parentId = null, id } = send.message
  const parts = JSON.parse(send.message.parts) as TextPart[]
  const message: SendResult['message'] = {
    id,
    conversationId: row.conversation_id,
    parentMessageId: parentId,
    role: 'user',
    content: textOf(parts),
    parts,
    complete: true,
    executionId: row.id,
    agentId: null,
    usage: null,
    createdAt: row.created_at.toISOString(),
  }
  return {
    result: { message, execution: toExecutionView({ ...row, answer_message_id: null }) },
    claimed: row.status === 'running' ? { row, parts, parentId } : null,
    isQueued: row.status === 'queued',
  }
}

async function prepare(deps: Deps, actor: Actor, input: SendMessageInput, context: SendContext): Promise<NewSend> {
  const { agent, parentId } = judgeSend(context, input, deps.caps)
  const model = await deps.models.resolve(actor.userId, agent.provider, agent.model)
  const messageId = deps.newId() as MessageId
  const executionId = deps.newId() as ExecutionId
  const parts = storableParts(input.content)
  const isFirst = parentId === null && context.title === untitled
  return {
    version: context.version,
    title: isFirst ? titleFrom(textOf(parts)) : null,
    // Behind another answer of the conversation it waits its turn.
    claimant: context.busy ? null : deps.claimant(),
    message: {
      id: messageId,
      conversation_id: input.conversationId,
      parent_id: parentId,
      parts: JSON.stringify(parts),
      parts_version: partsVersion,
    },
    execution: {
      id: executionId,
      owner_id: actor.userId,
      agent_id: agent.id,
      settings: JSON.stringify(toExecutionSettings(agent)),
      provider: model.provider,
      model: model.id,
      client_key: input.clientKey ?? null,
      body_hash: hashOf(input),
    },
  }
}

/** What the same client key gave before. Throws IDEMPOTENCY_MISMATCH when it came with something else. */
async function findEarlier(
  db: Db,
  actor: Actor,
  input: SendMessageInput,
  executionId: ExecutionId,
): Promise<SendResult> {
  const execution = await findExecution(db, scopeOf(actor, 'execution.read'), executionId)
  if (!execution) throw notFound('execution')
  if (execution.body_hash !== hashOf(input)) {
    throw new DomainError('IDEMPOTENCY_MISMATCH', 'This client key was used for a different message. Use a new one.')
  }
  const message = await findMessage(db, scopeOf(actor, 'conversation.read'), execution.message_id)
  if (!message) throw notFound('message')
  return { message: toMessageView(message), execution: toExecutionView(execution) }
}

function hashOf({ content, agentId, parentMessageId }: SendMessageInput): string {
  return createHash('sha256')
    .update(JSON.stringify([content, agentId, parentMessageId]))
    .digest('hex')
}
