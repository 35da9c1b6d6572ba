import { EventEmitter } from 'node:events'
import type { Channel } from '@kickstartmyai/db'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { cancelExecution } from './cancel-execution.ts'
import { createPeers } from './peers.ts'

/** A line without a network: everybody hears everything, and all that was said is kept. */
function createLine() {
  const wire = new EventEmitter()
  const said: string[] = []
  const open = (): Channel => ({
    send(message) {
      said.push(message)
      setTimeout(() => wire.emit('message', message), line.delayMs)
    },
    listen: (onMessage) => void wire.on('message', onMessage),
    close: async () => {},
  })
  const types = () => said.map((message) => (JSON.parse(message) as { type: string }).type)
  const line = { said, open, types, delayMs: 0 }
  return line
}

/** Slow to look by themselves: what is quick here was told. */
const slow = { pollMs: 60_000, heartbeatMs: 60_000, leaseMs: 300_000 }

/** A process that only follows. */
const silent = { clock: systemClock, onStop: () => {}, onQueued: () => {} }

async function twoProcesses() {
  const world = await createTestWorld({ settings: slow, watchMs: 60_000 })
  const other = world.replica()
  const line = createLine()
  const peers = [world, other].map(({ deps, engine }, index) =>
    createPeers({
      self: `process ${index}`,
      channel: line.open(),
      events: deps.events,
      clock: systemClock,
      onStop: (executionId) => engine.cancel(executionId),
      onQueued: () => engine.wake(),
    }),
  )
  return { world, other, line, peers }
}

test('a follower in another process is woken, and nobody else is told', async () => {
  const { world, other, line } = await twoProcesses()
  await using _ = world
  world.engine.start()
  const actor = await world.newActor()
  const unseen = await beginConversation(world.deps, actor)
  await readAll(world.deps, actor, unseen.execution.id)
  expect(line.said).toEqual([])

  const more = Promise.withResolvers<void>()
  world.provider.play(async function* () {
    yield { type: 'text', text: 'One ' }
    await more.promise
    yield* says('two')
  })
  const { execution } = await beginConversation(world.deps, actor)
  const reading = readAll(other.deps, actor, execution.id)
  await vi.waitFor(() => expect(line.types()).toContain('follow'), { timeout: 5000 })
  more.resolve()
  expect((await reading).at(-1)?.type).toBe('execution.completed')
  expect(line.types()).toContain('news')
})

test('an answer that ends while the wish to follow it is on its way is told of all the same', async () => {
  const { world, other, line } = await twoProcesses()
  await using _ = world
  const actor = await world.newActor()
  const { execution } = await beginConversation(world.deps, actor)
  line.delayMs = 300
  const reading = readAll(other.deps, actor, execution.id)
  await vi.waitFor(() => expect(line.types()).toContain('follow'), { timeout: 5000 })
  world.engine.start()
  expect((await reading).at(-1)?.type).toBe('execution.completed')
})

test('an execution that another process takes over is told of to those who followed it where it ran', async () => {
  const { world, other, line } = await twoProcesses()
  await using _ = world
  const third = world.replica()
  createPeers({ ...silent, self: 'process 2', channel: line.open(), events: third.deps.events })
  const actor = await world.newActor()
  const more = Promise.withResolvers<void>()
  world.provider.play(
    (_request, signal) => stallsAfter('Half', signal),
    async function* () {
      await more.promise
      yield* says('Whole.')
    },
  )
  const { execution } = await beginConversation(world.deps, actor)
  const reading = readAll(third.deps, actor, execution.id)
  other.engine.start()
  await readAll(other.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  await other.engine.drain(0)
  world.engine.start()
  const answer = () => line.types().slice(line.types().indexOf('taken'))
  await vi.waitFor(() => expect(answer()).toEqual(expect.arrayContaining(['taken', 'follow', 'news'])), {
    timeout: 10_000,
  })
  more.resolve()
  expect((await reading).at(-1)?.type).toBe('execution.completed')
})

test('a stop reaches the process that runs the execution', async () => {
  const { world, other, peers } = await twoProcesses()
  await using _ = world
  world.engine.start()
  const actor = await world.newActor()
  world.provider.play((_request, signal) => stallsAfter('Once', signal))
  const { execution } = await beginConversation(world.deps, actor)
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  const deps = { ...other.deps, onCancelRequested: (id: typeof execution.id) => peers[1]?.stop(id) }
  await cancelExecution(deps, actor, execution.id)
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.at(-1)?.type).toBe('execution.cancelled')
})

test('what one process queued another takes at once', async () => {
  const { world, other, peers } = await twoProcesses()
  await using _ = world
  other.engine.start()
  const actor = await world.newActor()
  const { execution } = await beginConversation(world.deps, actor)
  peers[0]?.queued()
  const events = await readAll(other.deps, actor, execution.id)
  expect(events.at(-1)?.type).toBe('execution.completed')
})

test('what another version says is not understood and does no harm', async () => {
  const { world, line } = await twoProcesses()
  await using _ = world
  for (const message of ['', 'null', '{"type":"news"}', '{"from":"x","type":"dance","ids":[]}'])
    line.open().send(message)
  await new Promise((resolve) => setTimeout(resolve, 20))
  const actor = await world.newActor()
  world.engine.start()
  const { execution } = await beginConversation(world.deps, actor)
  expect((await readAll(world.deps, actor, execution.id)).at(-1)?.type).toBe('execution.completed')
})
