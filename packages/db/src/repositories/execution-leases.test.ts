import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { aClaimant, aConversation, anExecution, aUser, ownExecutions } from '../testing/rows.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { claimExecutions, releaseLeases, renewLeases } from './execution-leases.ts'
import { type ExecutionWrite, writeExecutions } from './execution-writes.ts'
import { type ExecutionRow, listExecutions } from './executions.ts'

const first = aClaimant('first')
const second = aClaimant('second')

test('what is queued is claimed once, oldest first, with its epoch raised', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  const queued = []
  for (let index = 0; index < 3; index++) queued.push(await anExecution(db, user, await aConversation(db, user)))

  const claimed = await claimExecutions(db, first, 2)
  expect(claimed.map(({ id }) => id).toSorted()).toEqual(
    queued
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
  )
  expect(claimed[0]).toMatchObject({ status: 'running', owner: 'first', epoch: 1, attempts: 1 })
  expect((await claimExecutions(db, second, 10)).map(({ id }) => id)).toEqual([queued[2]?.id])
  expect(await claimExecutions(db, second, 10)).toEqual([])
})

test('many processes that claim at once share the work without an overlap', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  for (let index = 0; index < 20; index++) await anExecution(db, user, await aConversation(db, user))
  const claims = Array.from({ length: 8 }, (_, index) => claimExecutions(db, aClaimant(`${index}`), 5))
  const ids = (await Promise.all(claims)).flat().map(({ id }) => id)
  expect(ids).toHaveLength(20)
  expect(new Set(ids).size).toBe(20)
})

test('of one conversation only the oldest execution that is not over is claimed', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  const conversation = await aConversation(db, user)
  const earlier = await anExecution(db, user, conversation)
  await anExecution(db, user, conversation)
  expect((await claimExecutions(db, first, 10)).map(({ id }) => id)).toEqual([earlier.id])
  expect(await claimExecutions(db, first, 10)).toEqual([])
})

test('a lease that ran out is taken over, and its old holder can renew no more', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  await anExecution(db, user, await aConversation(db, user))
  const [mine] = await claimExecutions(db, aClaimant('first', { leaseMs: 1 }), 1)
  if (!mine) throw new Error('nothing was claimed')
  await sleep(20)
  const [theirs] = await claimExecutions(db, second, 1)
  expect(theirs).toMatchObject({ id: mine.id, owner: 'second', epoch: 2, attempts: 2 })
  expect(await renewLeases(db, [mine], 60_000)).toEqual([])
  expect(await renewLeases(db, [{ id: mine.id, epoch: 2 }], 60_000)).toHaveLength(1)
})

test('a lease that is let go is free at once, and the attempt does not count', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  await anExecution(db, user, await aConversation(db, user))
  const held = await claimExecutions(db, first, 1)
  await releaseLeases(db, held)
  expect(await claimExecutions(db, second, 1)).toMatchObject([{ owner: 'second', epoch: 2, attempts: 1 }])
})

test('of one person only as many are claimed as may run, and the others go on', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const [many, one] = [await aUser(db), await aUser(db)]
  const theirs: ExecutionRow[] = []
  for (let index = 0; index < 5; index++) theirs.push(await anExecution(db, many, await aConversation(db, many)))
  const other = await anExecution(db, one, await aConversation(db, one))
  const claim = (owner: string) => claimExecutions(db, aClaimant(owner, { runningPerUser: 2 }), 10)

  const claimed = await claim('first')
  const expected = [theirs[0]?.id, theirs[1]?.id, other.id]
  expect(new Set(claimed.map(({ id }) => id))).toEqual(new Set(expected))
  expect(await claim('second')).toEqual([])
  const ended = claimed.find(({ id }) => id === theirs[0]?.id)
  await writeExecutions(db, [completed(ended!)])
  expect((await claim('second')).map(({ id }) => id)).toEqual([theirs[2]?.id])
})

test('processes that claim at once do not let one person run more than may run', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  for (let index = 0; index < 12; index++) await anExecution(db, user, await aConversation(db, user))
  const claims = Array.from({ length: 6 }, (_, index) =>
    claimExecutions(db, aClaimant(`${index}`, { runningPerUser: 7 }), 4),
  )
  expect((await Promise.all(claims)).flat().length).toBeLessThanOrEqual(7)
  await claimExecutions(db, aClaimant('last', { runningPerUser: 7 }), 10)
  expect(await claimExecutions(db, aClaimant('last', { runningPerUser: 7 }), 10)).toEqual([])
  const running = await listExecutions(
    db,
    ownExecutions(user),
    { ...everything, status: 'running' },
    { limit: 50, after: null },
  )
  expect(running).toHaveLength(7)
})

test('one whose process died is taken up although its person may run no more', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  await anExecution(db, user, await aConversation(db, user))
  await claimExecutions(db, aClaimant('first', { leaseMs: 1, runningPerUser: 1 }), 1)
  await sleep(20)
  expect(await claimExecutions(db, aClaimant('second', { runningPerUser: 1 }), 1)).toMatchObject([{ epoch: 2 }])
})

test('the deadline counts from the first claim on, whoever claims', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  const queued = await anExecution(db, user, await aConversation(db, user))
  expect(queued.deadline).toBeNull()
  const [mine] = await claimExecutions(db, aClaimant('first', { leaseMs: 1, deadlineMs: 30 }), 1)
  expect(mine?.remaining_ms).toBeGreaterThan(0)
  expect(mine?.remaining_ms).toBeLessThanOrEqual(31)
  await sleep(50)
  const [theirs] = await claimExecutions(db, aClaimant('second', { deadlineMs: 60_000 }), 1)
  expect(theirs?.deadline).toEqual(mine?.deadline)
  expect(theirs?.remaining_ms).toBeLessThan(0)
})

const everything = { conversationId: undefined, agentId: undefined, status: undefined }

const completed = ({ id, epoch }: ExecutionRow): ExecutionWrite => ({
  executionId: id,
  epoch,
  events: [],
  usage: null,
  steps: [],
  end: { status: 'completed', error: null, message: null },
})
