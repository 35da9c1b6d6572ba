import { randomUUIDv7 } from 'node:crypto'
import { claimExecutions, type ExecutionRow } from '@kickstartmyai/db'
import { expect, test, vi } from 'vitest'
import { beginConversation } from '../testing/conversation.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { defaultEngineSettings } from './engine.ts'
import { createEventFlusher, type QueuedWrite } from './event-flusher.ts'

async function claimed(world: TestWorld): Promise<ExecutionRow> {
  const actor = await world.newActor()
  await beginConversation(world.deps, actor)
  const [row] = await claimExecutions(
    world.deps.db,
    { ...defaultEngineSettings, runningPerUser: 1000, owner: randomUUIDv7() },
    1,
  )
  if (!row) throw new Error('nothing was claimed')
  return row
}

const oneEvent = ({ id, epoch }: ExecutionRow, seq: number, onLost = () => {}, text = 'x'): QueuedWrite => ({
  executionId: id,
  take: () => ({
    executionId: id,
    epoch,
    events: [{ seq, type: 'text.delta', body: `{"type":"text.delta","text":"${text}"}` }],
    usage: null,
    steps: [],
    end: null,
  }),
  onLost,
})

test('who waits for their own events does not wait for the stream of everybody else', async () => {
  await using world = await createTestWorld()
  const busy = await claimed(world)
  const mine = await claimed(world)
  const flusher = createEventFlusher(world.deps)
  let seq = 0
  const over = new AbortController()
  const stream = (async () => {
    while (!over.signal.aborted) {
      flusher.push(oneEvent(busy, ++seq))
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  flusher.push(oneEvent(mine, 1))
  await flusher.settled()
  over.abort()
  await stream
  await flusher.settled()
  expect(seq).toBeGreaterThan(0)
})

test('events are published only after they are committed, whole flushes at a time', async () => {
  await using world = await createTestWorld()
  const row = await claimed(world)
  const { events } = world.deps
  const log = events.open(row.id, row.owner_id, row.last_seq)
  const live = events.subscribe(row.id, row.owner_id)
  const heard: unknown[] = []
  const failPoint = (point: string) => void heard.push([point, live.since(0)])
  const flusher = createEventFlusher({ ...world.deps, failPoint })
  for (let seq = 1; seq <= 3; seq++) flusher.push(oneEvent(row, seq))
  await flusher.settled()
  expect(heard).toEqual([
    ['flush.before', []],
    ['flush.after', []],
  ])
  expect(live.since(0)?.map(({ seq }) => seq)).toEqual([1, 2, 3])
  const followed = await world.deps.lookUps.followed({ userId: row.owner_id, executionId: row.id, after: 0 })
  expect(followed?.events.map(({ seq }) => seq)).toEqual([1, 2, 3])
  events.close(row.id, log)
  live.close()
})

test('what the fence refuses is told to its writer alone', async () => {
  await using world = await createTestWorld()
  const held = await claimed(world)
  const lost = await claimed(world)
  const flusher = createEventFlusher(world.deps)
  const told: string[] = []
  flusher.push(oneEvent(held, 1, () => told.push('held')))
  flusher.push(oneEvent({ ...lost, epoch: lost.epoch - 1 }, 1, () => told.push('lost')))
  await flusher.settled()
  expect(told).toEqual(['lost'])
})

test('a body that the database cannot take does not hold up the others', async () => {
  await using world = await createTestWorld()
  const good = await claimed(world)
  const bad = await claimed(world)
  const flusher = createEventFlusher(world.deps)
  const told: string[] = []
  flusher.push(oneEvent(bad, 1, () => told.push('bad'), 'a NUL \0 inside'))
  flusher.push(oneEvent(good, 1, () => told.push('good')))
  await flusher.settled()
  expect(told).toEqual(['bad'])
})

test('other work on executions is done between two flushes, and waits for a flush that hangs no longer than told', async () => {
  await using world = await createTestWorld()
  const row = await claimed(world)
  const told: string[] = []
  const [begun, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const failPoint = async (point: string) => {
    told.push(point)
    begun.resolve()
    await release.promise
  }
  const flusher = createEventFlusher({ ...world.deps, failPoint })
  const work = Promise.withResolvers<void>()
  const worksOn = (name: string) => () => {
    told.push(name)
    return work.promise
  }

  flusher.push(oneEvent(row, 1))
  await begun.promise
  const impatient = flusher.between(worksOn('impatient'), 0)
  const patient = flusher.between(worksOn('patient'), 60_000)
  flusher.push(oneEvent(row, 2))
  await vi.waitFor(() => expect(told).toEqual(['flush.before', 'impatient']))
  release.resolve()
  await vi.waitFor(() => expect(told).toEqual(['flush.before', 'impatient', 'flush.after', 'patient']))
  work.resolve()
  await Promise.all([impatient, patient, flusher.settled()])
  expect(told.slice(4)).toEqual(['flush.before', 'flush.after'])
})
