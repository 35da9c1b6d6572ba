import type { StepId } from '@kickstartmyai/contract'
import { randomUUIDv7 } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Db, inTransaction } from '../database.ts'
import { aConversation, anExecution, aUser, ownExecutions } from '../testing/rows.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { beginWaiting, decideStep, endWaiting, findStep, lockExecution } from './approvals.ts'
import { claimExecutions, type Lease, renewLeases } from './execution-leases.ts'
import { type StepWrite, writeExecutions } from './execution-writes.ts'
import { type ExecutionRow, findExecution, requestCancel } from './executions.ts'

/** A running execution with one step for each name, all of which await a decision. */
async function holding(db: Db, ...names: string[]): Promise<{ row: ExecutionRow; steps: StepId[] }> {
  const user = await aUser(db)
  await anExecution(db, user, await aConversation(db, user))
  const [row] = await claimExecutions(db, { owner: 'me', leaseMs: 60_000, deadlineMs: 60_000, runningPerUser: 100 }, 1)
  if (!row) throw new Error('nothing was claimed')
  const steps = names.map((name): StepWrite => ({
    id: randomUUIDv7() as StepId,
    name,
    kind: 'tool',
    state: 'awaiting',
    input: { name },
    inputHash: 'hash',
    result: null,
    durationMs: 0,
  }))
  const write = { executionId: row.id, epoch: row.epoch, events: [], usage: null, steps, end: null }
  await writeExecutions(db, [write])
  return { row, steps: steps.map(({ id }) => id) }
}

const wait = (db: Db, lease: Lease) => inTransaction(db, (tx) => beginWaiting(tx, lease))
const yes = (row: ExecutionRow, seq: number | null) => ({ decision: 'approve' as const, decidedBy: row.owner_id, seq })

test('what waits holds no lease, is claimed by nobody, and does not count the attempt', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { row } = await holding(db, 'a')
  expect(await wait(db, row)).toBe('waiting')
  expect(await findExecution(db, ownExecutions(row.owner_id), row.id)).toMatchObject({
    status: 'waiting',
    owner: null,
    lease_until: null,
    attempts: 0,
  })
  expect(await renewLeases(db, [row], 60_000)).toEqual([])
  expect(
    await claimExecutions(db, { owner: 'other', leaseMs: 1, deadlineMs: 60_000, runningPerUser: 100 }, 10),
  ).toEqual([])
  expect(await wait(db, row)).toBe('lost')
})

test('nothing waits that is not held any more, was told to stop, or has something to act on', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { row, steps } = await holding(db, 'a', 'b')
  expect(await wait(db, { ...row, epoch: row.epoch - 1 })).toBe('lost')
  await inTransaction(db, (tx) => decideStep(tx, steps[0]!, yes(row, null)))
  expect(await wait(db, row)).toBe('decided')
  await inTransaction(db, (tx) => requestCancel(tx, ownExecutions(row.owner_id), row.id))
  expect(await wait(db, row)).toBe('cancelled')
  expect(await findExecution(db, ownExecutions(row.owner_id), row.id)).toMatchObject({ status: 'running', attempts: 1 })
})

test('a decision that is committed while another process is about to wait is not missed', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { row, steps } = await holding(db, 'a')
  const locked = Promise.withResolvers<void>()
  const decided = inTransaction(db, async (tx) => {
    await lockExecution(tx, ownExecutions(row.owner_id), row.id)
    locked.resolve()
    // Long enough for the other to stand before the lock.
    await new Promise((resolve) => setTimeout(resolve, 200))
    await decideStep(tx, steps[0]!, yes(row, null))
  })
  await locked.promise
  const standing = wait(db, row)
  await decided
  expect(await standing).toBe('decided')
})

test('an execution is queued when the last of its steps is decided', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { row, steps } = await holding(db, 'a', 'b')
  await wait(db, row)
  const decide = (index: number, seq: number) =>
    inTransaction(db, async (tx) => {
      await decideStep(tx, steps[index]!, yes(row, seq))
      return endWaiting(tx, row.id, seq)
    })
  expect(await decide(1, 1)).toBe(false)
  expect(await decide(0, 2)).toBe(true)
  expect(await findExecution(db, ownExecutions(row.owner_id), row.id)).toMatchObject({ status: 'queued', last_seq: 2 })
})

test('a step is decided once, belongs to its execution, and an execution to its owner', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const { row, steps } = await holding(db, 'a')
  const other = await holding(db, 'a')
  await inTransaction(db, async (tx) => {
    await decideStep(tx, steps[0]!, yes(row, null))
    await decideStep(tx, steps[0]!, { ...yes(row, null), decision: 'deny' })
    expect(await findStep(tx, row.id, steps[0]!)).toMatchObject({ decision: 'approve', decided_by: row.owner_id })
    expect(await findStep(tx, other.row.id, steps[0]!)).toBeUndefined()
    expect(await lockExecution(tx, ownExecutions(other.row.owner_id), row.id)).toBeUndefined()
  })
})
