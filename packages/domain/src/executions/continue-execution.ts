import {
  type ExecutionEventBody,
  type ExecutionId,
  type MessageId,
  type OriginChange,
  partsVersion,
  type SendResult,
  type StepId,
  type TextPart,
} from '@kickstartmyai/contract'
import {
  countActive,
  type ExecutionRow,
  findByClientKey,
  findExecution,
  findMessage,
  inTransaction,
  insertContinuation,
  lockConversation,
  type StepRow,
  touchConversation,
  type Transaction,
} from '@kickstartmyai/db'
import { createHash } from 'node:crypto'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { checkActive } from '../messages/judge-send.ts'
import { toMessageView } from '../messages/to-message-view.ts'
import { type Round, tellRounds, toShared } from './rounds.ts'
import { started } from './started.ts'
import { toExecutionView } from './to-execution-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** How an execution goes on from another one. */
export interface Branch {
  kind: 'retry' | 'fork'
  origin: ExecutionRow
  /** What is shared. */
  rounds: readonly Round[]
  change: OriginChange | null
  /** What is asked from here on. */
  agentId: ExecutionRow['agent_id']
  settings: ExecutionRow['settings']
  model: { provider: string; id: string }
  /** Another message beside that of the origin; null answers the same one. */
  prompt: { parts: readonly TextPart[]; parentId: MessageId | null } | null
  clientKey: string | undefined
  /** All that was asked for: the same key with another one is refused. */
  asked: readonly unknown[]
}

/**
 * Writes a new execution that shares finished rounds with its origin and waits its turn in the conversation. The same
 * client key again gives the same one. Throws NOT_FOUND, IDEMPOTENCY_MISMATCH, LIMIT_EXCEEDED.
 */
export async function continueExecution(deps: Deps, actor: Actor, branch: Branch): Promise<SendResult> {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([branch.kind, ...branch.asked]))
    .digest('hex')
  const executionId = await inTransaction(deps.db, async (tx) => {
    const { conversation_id: conversationId } = branch.origin
    if (!(await lockConversation(tx, scopeOf(actor, 'conversation.send'), conversationId))) {
      throw notFound('execution')
    }
    const key = branch.clientKey
    const earlier = key !== undefined && (await findByClientKey(tx, actor.userId, conversationId, key))
    if (earlier) {
      if (earlier.body_hash === bodyHash) return earlier.id
      throw new DomainError('IDEMPOTENCY_MISMATCH', 'This client key was used for something else. Use a new one.')
    }
    checkActive(await countActive(tx, actor.userId), deps.caps)
    const id = await insert(deps, tx, actor, branch, bodyHash)
    await touchConversation(tx, conversationId)
    await deps.failPoint('send.before')
    return id
  })
  await deps.failPoint('send.after')
  deps.onQueued()
  return read(deps, actor, executionId)
}

async function insert(
  deps: Deps,
  tx: Transaction,
  actor: Actor,
  branch: Branch,
  bodyHash: string,
): Promise<ExecutionId> {
  const { kind, origin, rounds, change, agentId, settings, model, prompt, clientKey } = branch
  const id = deps.newId() as ExecutionId
  const messageId = prompt ? (deps.newId() as MessageId) : origin.message_id
  const execution = {
    id,
    owner_id: actor.userId,
    conversation_id: origin.conversation_id,
    agent_id: agentId,
    message_id: messageId,
    settings: JSON.stringify(settings),
    provider: model.provider,
    model: model.id,
    client_key: clientKey ?? null,
    body_hash: bodyHash,
    origin_execution_id: origin.id,
    origin_kind: kind,
    origin_step: rounds.length,
    origin_change: change && JSON.stringify(change),
  }
  const message = prompt && {
    id: messageId,
    conversation_id: origin.conversation_id,
    parent_id: prompt.parentId,
    role: 'user' as const,
    parts: JSON.stringify(prompt.parts),
    parts_version: partsVersion,
    execution_id: id,
    agent_id: null,
    usage: null,
  }
  const told = rounds.length > 0 ? [started(execution, model), ...tellRounds(rounds)] : []
  const steps = toShared(rounds).map((step) => toStep(step, id, deps.newId() as StepId))
  await insertContinuation(tx, { execution, message, steps, events: told.map(toEvent) })
  return id
}

const toStep = (step: StepRow, executionId: ExecutionId, id: StepId) => ({
  ...step,
  id,
  execution_id: executionId,
  epoch: 0,
  input: step.input && JSON.stringify(step.input),
  result: step.result && JSON.stringify(step.result),
})

const toEvent = (body: ExecutionEventBody, index: number) => ({
  seq: index + 1,
  type: body.type,
  body: JSON.stringify(body),
})

async function read({ db }: Deps, actor: Actor, executionId: ExecutionId): Promise<SendResult> {
  const execution = await findExecution(db, scopeOf(actor, 'execution.read'), executionId)
  if (!execution) throw notFound('execution')
  const message = await findMessage(db, scopeOf(actor, 'conversation.read'), execution.message_id)
  if (!message) throw notFound('message')
  return { message: toMessageView(message), execution: toExecutionView(execution) }
}
