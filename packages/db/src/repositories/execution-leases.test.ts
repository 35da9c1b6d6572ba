import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { aConversation, anExecution, aUser } from '../testing/rows.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { claimExecutions, releaseLeases, renewLeases } from './execution-leases.ts'

const first = { owner: 'first', leaseMs: 60_000 }
const second = { owner: 'second', leaseMs: 60_000 }

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
  const claims = Array.from({ length: 8 }, (_, index) => claimExecutions(db, { owner: `${index}`, leaseMs: 60_000 }, 5))
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
  const [mine] = await claimExecutions(db, { owner: 'first', leaseMs: 1 }, 1)
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
