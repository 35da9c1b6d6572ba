import type { StepId } from '@kickstartmyai/contract'
import { randomUUIDv7 } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { aClaimant, aConversation, anExecution, aUser, ownExecutions } from '../testing/rows.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { readFollowed } from './execution-events.ts'
import { claimExecutions } from './execution-leases.ts'
import { listSteps } from './execution-steps.ts'
import { type ExecutionWrite, type StepWrite, writeExecutions } from './execution-writes.ts'
import { type ExecutionRow, findExecution } from './executions.ts'

async function claimed(db: Db, count: number): Promise<ExecutionRow[]> {
  const user = await aUser(db)
  for (let index = 0; index < count; index++) await anExecution(db, user, await aConversation(db, user))
  return claimExecutions(db, aClaimant('me'), count)
}

const tokens = ({ id, epoch }: ExecutionRow, ...seqs: number[]): ExecutionWrite => ({
  executionId: id,
  epoch,
  events: seqs.map((seq) => ({ seq, type: 'text.delta', body: `{"type":"text.delta","text":"${seq}"}` })),
  usage: null,
  steps: [],
  end: null,
})

const step = (name: string, state: StepWrite['state']): StepWrite => ({
  id: randomUUIDv7() as StepId,
  name,
  kind: 'tool',
  state,
  input: state === 'started' ? { begun: true } : null,
  inputHash: null,
  result: state === 'started' ? null : { ended: true },
  durationMs: 0,
})

const usage = { inputTokens: 7, outputTokens: 5, cachedInputTokens: 3, reasoningTokens: 1 }
const seqsOf = async (db: Db, row: ExecutionRow, after = 0, limit = 100) => {
  const [found] = await readFollowed(db, [], [{ userId: row.owner_id, executionId: row.id, after }], limit)
  return found?.events.map(({ seq }) => seq)
}

test('one statement takes the events of many executions, and leaves out those whose epoch has moved on', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [live, lost] = await claimed(db, 2)
  if (!live || !lost) throw new Error('nothing was claimed')
  const writes = [tokens(live, 1, 2), tokens({ ...lost, epoch: lost.epoch - 1 }, 1, 2)]
  expect([...(await writeExecutions(db, writes))]).toEqual([writes[0]])
  expect(await seqsOf(db, live)).toEqual([1, 2])
  expect(await seqsOf(db, lost)).toEqual([])
})

test('of two leases on one execution in the same batch only the newer one writes', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [live] = await claimed(db, 1)
  if (!live) throw new Error('nothing was claimed')
  const writes = [tokens({ ...live, epoch: live.epoch - 1 }, 1, 2, 3), tokens(live, 1)]
  expect([...(await writeExecutions(db, writes))]).toEqual([writes[1]])
  expect(await seqsOf(db, live)).toEqual([1])
})

test('a flush whose answer was lost may be written again', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [live] = await claimed(db, 1)
  if (!live) throw new Error('nothing was claimed')
  await writeExecutions(db, [tokens(live, 1, 2)])
  const again = [tokens(live, 1, 2, 3)]
  await expect(writeExecutions(db, again)).rejects.toMatchObject({ code: '23505' })
  expect([...(await writeExecutions(db, again, { again: true }))]).toEqual(again)
  expect(await seqsOf(db, live)).toEqual([1, 2, 3])
})

test('an execution that is queued takes no events', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  const queued = await anExecution(db, user, await aConversation(db, user))
  expect(await writeExecutions(db, [tokens(queued, 1)])).toEqual(new Set())
})

test('a step is begun, begun again after a crash, and ended once', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [live] = await claimed(db, 1)
  if (!live) throw new Error('nothing was claimed')
  for (const state of ['started', 'started', 'done'] as const) {
    await writeExecutions(db, [{ ...tokens(live), steps: [step('tool:0:a', state)] }])
  }
  expect(await listSteps(db, live.id)).toMatchObject([
    { name: 'tool:0:a', state: 'done', attempt: 2, input: { begun: true }, result: { ended: true } },
  ])
})

test('an end brings status, totals, answer and last events at once, and nothing can follow it', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [live, other] = await claimed(db, 2)
  if (!live || !other) throw new Error('nothing was claimed')
  const message = {
    id: randomUUIDv7() as ExecutionRow['message_id'],
    conversation_id: live.conversation_id,
    parent_id: live.message_id,
    role: 'assistant' as const,
    parts: JSON.stringify([{ type: 'text', text: 'Hi' }]),
    parts_version: 1,
    complete: true,
    execution_id: live.id,
    agent_id: null,
    usage: JSON.stringify(usage),
    created_at: new Date(),
  }
  const end = { status: 'completed' as const, error: null, message }
  await writeExecutions(db, [{ ...tokens(live, 1), usage, end }, tokens(other, 1)])
  expect(await findExecution(db, ownExecutions(live.owner_id), live.id)).toMatchObject({
    status: 'completed',
    owner: null,
    lease_until: null,
    last_seq: 1,
    output_tokens: 5,
    answer_message_id: message.id,
  })
  expect(await findExecution(db, ownExecutions(other.owner_id), other.id)).toMatchObject({
    status: 'running',
    ended_at: null,
  })
  expect(await writeExecutions(db, [{ ...tokens(live, 2), end }])).toEqual(new Set())
  expect(await seqsOf(db, live)).toEqual([1])
})

test('reading goes on after the cursor, in order, as far as it is told', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [live] = await claimed(db, 1)
  if (!live) throw new Error('nothing was claimed')
  await writeExecutions(db, [tokens(live, 1, 2, 3, 4, 5)])
  expect(await seqsOf(db, live, 1, 3)).toEqual([2, 3, 4])
})

test('the events of an execution go with it, also when its conversation goes', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [gone, kept] = await claimed(db, 2)
  if (!gone || !kept) throw new Error('nothing was claimed')
  await writeExecutions(db, [tokens(gone, 1, 2), tokens(kept, 1)])
  await db.deleteFrom('conversations').where('id', '=', gone.conversation_id).execute()
  const left = await db.selectFrom('execution_events').select('execution_id').execute()
  expect(left).toEqual([{ execution_id: kept.id }])
})
