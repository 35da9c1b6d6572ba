import { defineTool, type ToolDefinition } from '@kickstartmyai/ai'
import type { ExecutionEvent } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool, questionsIn } from '../testing/guarded-tools.ts'
import { calls, says } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { approveStep } from './approve-step.ts'
import { cancelExecution } from './cancel-execution.ts'
import type { FailPoint } from './fail-points.ts'
import { getExecution } from './get-execution.ts'
import { listSteps } from './list-steps.ts'

const short = { leaseMs: 1500, heartbeatMs: 200, pollMs: 50 }

/**
 * A process that is killed at a fail-point: its database is gone and it goes no further. It comes back to life at the end
 * of the test, as one that was only stopped would, and must find itself locked out.
 */
function doomed(world: TestWorld, point: FailPoint) {
  const { deps, engine } = world.replica(short)
  const killed = Promise.withResolvers<void>()
  const revived = Promise.withResolvers<void>()
  let dead = false
  const { db } = deps
  deps.db = new Proxy(db, {
    get(target, key) {
      if (dead) throw new Error('this process is dead')
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  deps.failPoint = (passed) => {
    if (passed !== point || dead) return
    dead = true
    killed.resolve()
    // What a transaction had not committed is rolled back with its connection.
    if (passed.startsWith('waiting') || passed.startsWith('approval_decided')) throw new Error('killed')
    return revived.promise
  }
  return {
    deps,
    engine,
    killed: killed.promise,
    [Symbol.dispose]() {
      dead = false
      revived.resolve()
    },
  }
}

async function wanting(
  tools: ToolDefinition[] = [],
  asked: { callId: string; name: string; input: object }[] = [{ callId: 'a', name: 'send', input: { to: 'Ada' } }],
) {
  const { tool, ran } = effectTool()
  const world = await createTestWorld({ settings: short, tools: [tool, ...tools] })
  const actor = await world.newActor()
  // Asked anew, the model says the same.
  world.provider.play(({ messages }) =>
    messages.some(({ role }) => role === 'tool') ? says('Done.') : calls(...asked),
  )
  const free = Object.fromEntries(tools.map(({ name }) => [name, 'allow' as const]))
  const agentId = await agentWith(world.deps, actor, { send: 'ask', ...free })
  const { execution } = await beginConversation(world.deps, actor, 'Send it', agentId)
  const executionId = execution.id
  return {
    world,
    actor,
    executionId,
    ran,
    read: (until?: (event: ExecutionEvent) => boolean) => readAll(world.deps, actor, executionId, 0, until),
    async waiting() {
      const status = async () => (await getExecution(world.deps, actor, executionId)).status
      await expect.poll(status, { timeout: 30_000 }).toBe('waiting')
    },
    async approve(deps = world.deps) {
      const { a } = questionsIn(await readAll(world.deps, actor, executionId, 0, isQuestion))
      return approveStep(deps, actor, { executionId, stepId: a!, decision: 'approve' })
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

const isQuestion = (event: ExecutionEvent) => event.type === 'approval.requested'
const count = (events: readonly ExecutionEvent[], type: ExecutionEvent['type']) =>
  events.filter((event) => event.type === type).length

function expectWhole(events: readonly ExecutionEvent[]) {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(count(events, 'approval.requested')).toBe(1)
  expect(count(events, 'approval.decided')).toBe(1)
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
}

test.for(['approval_requested.before', 'approval_requested.after', 'waiting.before', 'waiting.after'] as const)(
  'the process dies at %s: the person is asked once, and the call runs once when they allow it',
  async (point) => {
    await using it = await wanting()
    using victim = doomed(it.world, point)
    victim.engine.start()
    await victim.killed
    it.world.engine.start()
    await it.waiting()
    expect(it.ran).toEqual([])
    await it.approve()
    expectWhole(await it.read())
    expect(it.ran).toEqual([{ to: 'Ada' }])
  },
)

test.for(['approval_decided.before', 'approval_decided.after'] as const)(
  'the process that takes the decision dies at %s: the decision counts wholly or not at all, and can be sent again',
  async (point) => {
    await using it = await wanting()
    it.world.engine.start()
    await it.waiting()
    using victim = doomed(it.world, point)
    await expect(it.approve(victim.deps)).rejects.toThrow('killed')
    if (point === 'approval_decided.before') {
      expect(await getExecution(it.world.deps, it.actor, it.executionId)).toMatchObject({ status: 'waiting' })
    }
    await it.approve()
    expectWhole(await it.read())
    expect(it.ran).toEqual([{ to: 'Ada' }])
  },
)

test.for([
  ['tool_called.after', 0],
  ['tool_finished.before', 1],
] as const)('the process dies at %s of an allowed call: it is never run again', async ([point, runs]) => {
  await using it = await wanting()
  it.world.engine.start()
  await it.waiting()
  await it.world.engine.drain(0)
  using victim = doomed(it.world, point)
  victim.engine.start()
  await it.approve(victim.deps)
  await victim.killed
  const survivor = it.world.replica(short)
  survivor.engine.start()
  const events = await it.read()
  expectWhole(events)
  expect(events.find(({ type }) => type === 'tool.failed')).toMatchObject({ error: { code: 'UNKNOWN_OUTCOME' } })
  expect(it.ran).toHaveLength(runs)
  const { items } = await listSteps(it.world.deps, it.actor, it.executionId)
  expect(items.find(({ kind }) => kind === 'tool')).toMatchObject({ state: 'unknown', decision: 'approve' })
})

test('the process dies with a decision that it has not told: the next one tells it and acts on it', async () => {
  const slow = defineTool({
    name: 'slow',
    title: 'Slow',
    description: 'Never comes to its end',
    effect: 'external',
    input: z.object({}),
    timeoutMs: 60_000,
    run: () => new Promise<never>(() => {}),
  })
  const asked = [
    { callId: 'a', name: 'send', input: { to: 'Ada' } },
    { callId: 'b', name: 'slow', input: {} },
  ]
  await using it = await wanting([slow], asked)
  using victim = doomed(it.world, 'tool_called.after')
  victim.engine.start()
  await victim.killed
  expect(await it.approve()).toMatchObject({ status: 'running' })
  it.world.engine.start()
  const events = await it.read()
  expectWhole(events)
  expect(it.ran).toEqual([{ to: 'Ada' }])
  expect(events.find(({ type }) => type === 'tool.failed')).toMatchObject({ callId: 'b' })
})

test('a stop and a decision at the same time leave one of two: it was run, or it never will be', async () => {
  await using it = await wanting()
  it.world.engine.start()
  await it.waiting()
  const [stopped] = await Promise.allSettled([
    cancelExecution(it.world.deps, it.actor, it.executionId),
    it.approve(it.world.replica().deps),
  ])
  expect(stopped.status).toBe('fulfilled')
  const events = await it.read()
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(['execution.cancelled', 'execution.completed']).toContain(events.at(-1)?.type)
  expect(it.ran.length).toBe(count(events, 'tool.completed'))
})
