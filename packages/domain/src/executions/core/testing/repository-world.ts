import { randomUUIDv7 } from 'node:crypto'
import type {
  ApprovalDecision,
  ConversationId,
  ExecutionId,
  MessageId,
  SessionId,
  StepId,
  UserId,
} from '@kickstartmyai/contract'
import {
  type Claimant,
  type Db,
  type ExecutionRow,
  type ExecutionWrite,
  inTransaction,
  insertConversation,
  insertEvents,
  insertSends,
  insertUser,
  type Lease,
  listSteps,
  readSendContexts,
  requestCancel,
} from '@kickstartmyai/db'
import { DomainError } from '../../../domain-error.ts'
import { approveStep } from '../../approve-step.ts'
import { createEventHub } from '../../event-hub.ts'
import { LeaseLost } from '../../lease-lost.ts'
import { waitForPerson } from '../../wait-for-person.ts'
import type { HeldEvent } from '../execution-event.ts'
import type { ExecutionState } from '../execution-state.ts'
import { stateOfRow } from '../state-of-row.ts'
import { scopeOf } from '../../../policy/scope-of.ts'

/** The real repositories, as the commands of the property test use them. */
export interface RepositoryWorld {
  db: Db
  ownerId: UserId
  conversations: ConversationId[]
  /** Sends in the order of the model's executions. */
  sent: ExecutionId[]
}

export async function createRepositoryWorld(db: Db, conversations: number): Promise<RepositoryWorld> {
  // Claims are made among everybody's executions: those of the run before must be over.
  await db.updateTable('executions').set({ status: 'failed' }).where('ended_at', 'is', null).execute()
  const ownerId = randomUUIDv7() as UserId
  await insertUser(db, { id: ownerId, email: `${ownerId}@example.com`, full_name: null, password_hash: 'none' })
  const world: RepositoryWorld = { db, ownerId, conversations: [], sent: [] }
  for (let n = 0; n < conversations; n++) {
    const id = randomUUIDv7() as ConversationId
    await insertConversation(db, { id, owner_id: ownerId, agent_id: null, title: 'A conversation' })
    world.conversations.push(id)
  }
  return world
}

export async function versionOf({ db, ownerId }: RepositoryWorld, conversationId: ConversationId): Promise<string> {
  const question = {
    userId: ownerId,
    conversationId,
    clientKey: undefined,
    agentId: undefined,
    parentMessageId: undefined,
  }
  const [context] = await readSendContexts(db, { conversation: [], agent: [] }, [question])
  if (!context) throw new Error('there is no such conversation')
  return context.version
}

/** Says something where the conversation stands at `version`; gives whether it was written. */
export async function send(
  world: RepositoryWorld,
  conversationId: ConversationId,
  version: string,
  claimant: Claimant | null,
): Promise<ExecutionRow | undefined> {
  const id = randomUUIDv7() as ExecutionId
  const message = {
    id: randomUUIDv7() as MessageId,
    conversation_id: conversationId,
    parent_id: null,
    parts: JSON.stringify([{ type: 'text', text: 'Hello' }]),
    parts_version: 1,
  }
  const execution = {
    id,
    owner_id: world.ownerId,
    agent_id: null,
    settings: JSON.stringify({ systemPrompt: '', temperature: null, maxTokens: null, maxIterations: 10, tools: [] }),
    provider: 'demo',
    model: 'demo',
    client_key: null,
    body_hash: 'none',
  }
  const [row] = await insertSends(world.db, [], [{ version, title: null, message, execution, claimant }], 100)
  if (row) world.sent.push(row.id)
  return row
}

/** As the product cancels: what ends at once is told of in the same transaction. */
export function cancel({ db, ownerId }: RepositoryWorld, id: ExecutionId): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const [row] = await requestCancel(tx, scopeOf({ userId: ownerId }, 'execution.cancel'), id)
    if (row?.status !== 'cancelled') return row !== undefined
    const type = 'execution.cancelled'
    await insertEvents(tx, id, row.epoch, [{ seq: row.last_seq, type, body: JSON.stringify({ type }) }])
    return true
  })
}

/** A person's word about a call, as the product takes it; gives whether it was taken. */
export async function decide(world: RepositoryWorld, id: ExecutionId, name: string, decision: ApprovalDecision) {
  const step = (await listSteps(world.db, id)).find((each) => each.name === name)
  if (!step) return false
  const origin = { address: null, userAgent: null, requestId: null }
  const deps = { db: world.db, events: createEventHub(), failPoint: () => {}, newId: randomUUIDv7, onQueued: () => {} }
  return approveStep(
    deps,
    { userId: world.ownerId, role: 'user', sessionId: randomUUIDv7() as SessionId, apiKey: null, origin },
    { executionId: id, stepId: step.id, decision },
  ).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DomainError) return false
      throw error
    },
  )
}

/** A holder lets go until a person has decided, as the product does. */
export function wait({ db }: RepositoryWorld, lease: Lease): Promise<string> {
  return waitForPerson({ db, failPoint: () => {} }, { lease }).catch((error: unknown) => {
    if (error instanceof LeaseLost) return 'lease_lost'
    throw error
  })
}

/** Lets time pass: the leases run out on the database's own clock, as if it had. */
export async function elapse({ db, sent }: RepositoryWorld, ms: number): Promise<void> {
  const rows = await db.selectFrom('executions').select(['id', 'lease_until']).where('status', '=', 'running').execute()
  for (const { id, lease_until } of rows.filter((row) => sent.includes(row.id))) {
    const earlier = lease_until && new Date(lease_until.getTime() - ms)
    await db.updateTable('executions').set({ lease_until: earlier }).where('id', '=', id).execute()
  }
}

/** What `writeExecutions` writes. */
export type WrittenEvent = Exclude<HeldEvent, { type: 'heartbeat' | 'release' | 'waiting' }>

/** What a holder whose newest event is `lastSeq` writes for an event of the core. */
export function toWrite(
  { conversations: [conversation] }: RepositoryWorld,
  executionId: ExecutionId,
  lastSeq: number,
  event: WrittenEvent,
): ExecutionWrite {
  const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, reasoningTokens: 0 }
  const write: ExecutionWrite = {
    executionId,
    epoch: event.epoch,
    events: Array.from({ length: event.events }, (_, n) => {
      return { seq: lastSeq + n + 1, type: 'text.delta', body: JSON.stringify({ type: 'text.delta', text: 'x' }) }
    }),
    usage: event.type === 'flush' ? null : usage,
    steps: [],
    end: null,
  }
  if (event.type === 'flush') return write
  if (event.type === 'end')
    return {
      ...write,
      end: { status: event.status, error: null, message: conversation ? anAnswer(conversation, executionId) : null },
    }
  const kind = event.type === 'step_finished' ? ('model' as const) : ('tool' as const)
  const input = { step: 0, call: { callId: event.step, name: 'a tool', input: {} } }
  const step = {
    id: randomUUIDv7() as StepId,
    name: event.step,
    kind,
    input,
    inputHash: null,
    result: {},
    durationMs: 0,
  }
  return { ...write, steps: [{ ...step, state: stateAfter(event) }] }
}

function stateAfter(event: Exclude<WrittenEvent, { type: 'flush' | 'end' }>) {
  switch (event.type) {
    case 'step_finished':
      return 'done'
    case 'tool_called':
      return 'started'
    case 'tool_finished':
      return event.ok ? 'done' : 'failed'
    case 'tool_given_up':
      return 'unknown'
    case 'approval_requested':
      return 'awaiting'
  }
}

function anAnswer(conversationId: ConversationId, executionId: ExecutionId) {
  return {
    id: randomUUIDv7() as MessageId,
    conversation_id: conversationId,
    parent_id: null,
    role: 'assistant' as const,
    parts: JSON.stringify([{ type: 'text', text: 'x' }]),
    parts_version: 1,
    complete: true,
    execution_id: executionId,
    agent_id: null,
    usage: null,
    created_at: new Date(),
  }
}

/** Everything that is stored, as the core sees it. */
export async function readStates({ db, sent }: RepositoryWorld): Promise<ExecutionState[]> {
  const states: ExecutionState[] = []
  for (const id of sent) {
    const row = await db.selectFrom('executions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    states.push(stateOfRow(row, await listSteps(db, id)))
  }
  return states
}
