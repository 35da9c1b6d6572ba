import { defineTool } from '@kickstartmyai/ai'
import { CreateAgentInput } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createAgent } from '../agents/create-agent.ts'
import { listMessages } from '../messages/list-messages.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith } from '../testing/guarded-tools.ts'
import { mortalProcess, short } from '../testing/mortal-process.ts'
import { calls, says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { getExecution } from './get-execution.ts'
import { listSteps } from './list-steps.ts'

test('a process dies in mid-stream: another asks again, announces it, and the answer is whole', async () => {
  await using world = await createTestWorld({ settings: short })
  const actor = await world.newActor()
  world.provider.play(
    (_, signal) => stallsAfter('Half an ans', signal),
    () => says('A whole answer.'),
  )
  const { conversationId, execution } = await beginConversation(world.deps, actor)
  const victim = mortalProcess(world)
  victim.engine.start()
  const before = await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  victim.kill()
  world.engine.start()
  const after = await readAll(world.deps, actor, execution.id, before.at(-1)?.seq)

  const all = [...before, ...after]
  expect(all.map((event) => event.seq)).toEqual(all.map((_, index) => index + 1))
  expect(after[0]).toMatchObject({ type: 'attempt.started', step: 0, attempt: 2 })
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(items.map(({ content }) => content)).toEqual(['Hello', 'A whole answer.'])
})

const counting = (effect: 'read' | 'external') => {
  let runs = 0
  const tool = defineTool({
    name: 'effect',
    title: 'Effect',
    description: 'Counts how often it was run, and hangs the first time',
    effect,
    input: z.object({}),
    timeoutMs: 60_000,
    run: () => (++runs === 1 ? new Promise<never>(() => {}) : { runs }),
  })
  return { tool, runs: () => runs }
}

test('a process dies while a tool with an effect runs: it is not repeated, and everyone is told', async () => {
  const { tool, runs } = counting('external')
  await using world = await createTestWorld({ settings: short, tools: [tool] })
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 'c', name: 'effect', input: {} }),
    () => says('Unclear.'),
  )
  const tools = [{ name: 'effect', policy: 'allow' as const }]
  const agent = await createAgent(world.deps, actor, CreateAgentInput.parse({ name: 'Doer', tools }))
  const { execution } = await beginConversation(world.deps, actor, 'Do it', agent.id)
  const victim = mortalProcess(world)
  victim.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'tool.called')
  victim.kill()
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)

  expect(runs()).toBe(1)
  expect(events.find((event) => event.type === 'tool.failed')).toMatchObject({ error: { code: 'UNKNOWN_OUTCOME' } })
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
  const { items } = await listSteps(world.deps, actor, execution.id)
  expect(items.find(({ kind }) => kind === 'tool')).toMatchObject({ state: 'unknown' })
})

test('a process dies while a tool that only reads runs: it is run again', async () => {
  const { tool, runs } = counting('read')
  await using world = await createTestWorld({ settings: short, tools: [tool] })
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 'c', name: 'effect', input: {} }),
    () => says('Read.'),
  )
  const { execution, conversationId } = await beginConversation(world.deps, actor)
  const victim = mortalProcess(world)
  victim.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'tool.called')
  victim.kill()
  world.engine.start()
  await readAll(world.deps, actor, execution.id)
  expect(runs()).toBe(2)
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(items[1]?.parts.map((part) => part.type)).toEqual(['tool_call', 'tool_result', 'text'])
})

test('a process dies after tools that finished in another order than they were called: the answer is as it was told', async () => {
  const hurried = Promise.withResolvers<void>()
  const tool = (name: string, run: () => Promise<unknown>) =>
    defineTool({
      name,
      title: name,
      description: name,
      effect: 'external',
      input: z.object({}),
      timeoutMs: 60_000,
      run,
    })
  const slow = tool('slow', () => hurried.promise)
  const quick = tool('quick', async () => 'quick')
  await using world = await createTestWorld({ settings: short, tools: [slow, quick] })
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 'a', name: 'slow', input: {} }, { callId: 'b', name: 'quick', input: {} }),
    (_, signal) => stallsAfter('Half', signal),
    () => says('Both are done.'),
  )
  const agentId = await agentWith(world.deps, actor, { slow: 'allow', quick: 'allow' })
  const { execution, conversationId } = await beginConversation(world.deps, actor, 'Do both', agentId)
  const victim = mortalProcess(world)
  victim.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'tool.completed')
  hurried.resolve()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  victim.kill()
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)

  const told = events.flatMap((event) => (event.type === 'tool.completed' ? [event.callId] : []))
  expect(told).toEqual(['b', 'a'])
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  const kept = items[1]?.parts.flatMap((part) => (part.type === 'tool_result' ? [part.callId] : []))
  expect(kept).toEqual(told)
  const heard = world.provider.requests.at(-1)?.messages.findLast(({ role }) => role === 'tool')
  expect(heard).toMatchObject({ results: [{ callId: 'a' }, { callId: 'b' }] })
})

test('an execution that kills every process that takes it up is given up', async () => {
  await using world = await createTestWorld({ settings: { ...short, maxAttempts: 2 } })
  const actor = await world.newActor()
  world.provider.play((_, signal) => stallsAfter('…', signal))
  const { execution } = await beginConversation(world.deps, actor)
  for (let attempt = 1; attempt <= 2; attempt++) {
    const victim = mortalProcess(world)
    victim.engine.start()
    await readAll(
      world.deps,
      actor,
      execution.id,
      0,
      (event) => event.type === 'attempt.started' && event.attempt === attempt,
    )
    victim.kill()
  }
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.at(-1)).toMatchObject({ type: 'execution.failed', error: { code: 'INTERRUPTED' } })
})

test('draining hands a running execution to another process at once, with nothing lost', async () => {
  await using world = await createTestWorld({ settings: { leaseMs: 60_000, heartbeatMs: 1000, pollMs: 50 } })
  const actor = await world.newActor()
  world.provider.play(
    (_, signal) => stallsAfter('Half', signal),
    () => says('Whole.'),
  )
  const { execution } = await beginConversation(world.deps, actor)
  const leaving = world.replica()
  leaving.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  await leaving.engine.drain(0)
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
  expect(await getExecution(world.deps, actor, execution.id)).toMatchObject({ status: 'completed', attempts: 1 })
})

test('a drain comes to its end although the database is away and events wait for it', async () => {
  await using world = await createTestWorld({ settings: short })
  const actor = await world.newActor()
  world.provider.play(async function* () {
    for (;;) {
      yield { type: 'text', text: 'on and on ' }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })
  const { execution } = await beginConversation(world.deps, actor)
  const victim = mortalProcess(world)
  victim.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  victim.kill()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await expect(victim.engine.drain(0)).resolves.toBeUndefined()
})
