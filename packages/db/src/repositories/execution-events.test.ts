import { expect, test } from 'vitest'
import { aConversation, anExecution, aUser } from '../testing/rows.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { appendEvents, readEvents } from './execution-events.ts'
import { claimExecutions } from './execution-leases.ts'
import type { ExecutionRow } from './executions.ts'

const event = ({ id, epoch }: ExecutionRow, seq: number) => ({
  executionId: id,
  epoch,
  seq,
  type: 'text.delta' as const,
  body: `{"type":"text.delta","text":"${seq}"}`,
})

test('one statement takes the events of many executions, and leaves out those whose epoch has moved on', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  for (let index = 0; index < 2; index++) await anExecution(db, user, await aConversation(db, user))
  const [live, lost] = await claimExecutions(db, { owner: 'me', leaseMs: 60_000 }, 2)
  if (!live || !lost) throw new Error('nothing was claimed')
  const stale = { ...lost, epoch: lost.epoch - 1 }

  const taken = await appendEvents(db, [event(live, 1), event(stale, 1), event(live, 2), event(stale, 2)])
  expect([...taken]).toEqual([live.id])
  expect((await readEvents(db, live.id, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2])
  expect(await readEvents(db, lost.id, 0, 10)).toEqual([])
})

test('an execution that is over takes no more events', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  const queued = await anExecution(db, user, await aConversation(db, user))
  expect(await appendEvents(db, [event(queued, 1)])).toEqual(new Set())
})

test('reading goes on after the cursor, in order, as far as it is told', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const user = await aUser(db)
  await anExecution(db, user, await aConversation(db, user))
  const [live] = await claimExecutions(db, { owner: 'me', leaseMs: 60_000 }, 1)
  if (!live) throw new Error('nothing was claimed')
  await appendEvents(
    db,
    [3, 1, 2, 4, 5].map((seq) => event(live, seq)),
  )
  expect((await readEvents(db, live.id, 1, 3)).map(({ seq }) => seq)).toEqual([2, 3, 4])
})
