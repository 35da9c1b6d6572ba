import { defineTool, type ToolDefinition } from '@kickstartmyai/ai'
import type { ExecutionId, ToolPolicy } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool, questionsIn } from '../testing/guarded-tools.ts'
import { mortalProcess, short } from '../testing/mortal-process.ts'
import { calls, says, stallsAfter } from '../testing/scripted-provider.ts'
import type { Script } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { approveStep } from './approve-step.ts'
import { cancelExecution } from './cancel-execution.ts'
import { forkExecution } from './fork-execution.ts'
import { listSteps } from './list-steps.ts'
import { replayExecution } from './replay-execution.ts'
import { retryExecution } from './retry-execution.ts'

/** Ends after the one whose call comes later in the round. */
const slow = defineTool({
  name: 'slow',
  title: 'Slow',
  description: 'Takes its time',
  effect: 'read',
  input: z.object({}),
  timeoutMs: 60_000,
  run: () => new Promise((resolve) => setTimeout(() => resolve({ late: true, early: false }), 50)),
})

const asksTwice: Script[] = [
  function* () {
    yield { type: 'reasoning', text: 'Both, I think.' }
    yield { type: 'text', text: 'One moment. ' }
    yield* calls(
      { callId: 'z', name: 'slow', input: {} },
      { callId: 'a', name: 'send', input: { to: 'Ada', at: 'noon' } },
    )
  },
  () => calls({ callId: 'x', name: 'nothing', input: {} }),
  () => calls({ callId: 'b', name: 'send', input: { to: 7 } }),
  () => says('Both were sent 👋.'),
]

async function run(scripts: Script[] = asksTwice, policies: Record<string, ToolPolicy> = {}) {
  const { tool, ran } = effectTool()
  const world = await createTestWorld({ tools: [tool, slow], settings: short })
  const actor = await world.newActor()
  world.provider.play(...scripts)
  const agentId = await agentWith(world.deps, actor, { send: 'allow', slow: 'allow', ...policies })
  const { execution } = await beginConversation(world.deps, actor, 'Send them', agentId)
  const { deps } = world
  return {
    world,
    deps,
    actor,
    ran,
    executionId: execution.id,
    read: (executionId: ExecutionId = execution.id) => readAll(deps, actor, executionId),
    replay: (executionId: ExecutionId = execution.id, tools?: ToolDefinition[]) =>
      replayExecution(tools ? withTools(tools) : deps, actor, executionId),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }

  function withTools(tools: ToolDefinition[]) {
    const byName = new Map(tools.map((each) => [each.name, each]))
    return { ...deps, tools: { ...deps.tools, get: (name: string) => byName.get(name) } }
  }
}

test('what was recorded is gone through again: no model is asked, no tool runs, nothing changes', async () => {
  await using it = await run()
  it.world.engine.start()
  const events = await it.read()
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
  const before = await listSteps(it.deps, it.actor, it.executionId)

  expect(await it.replay()).toEqual({ identical: true, steps: 8, unrecorded: 0 })
  expect(it.world.provider.requests).toHaveLength(4)
  expect(it.ran).toHaveLength(1)
  expect(await listSteps(it.deps, it.actor, it.executionId)).toEqual(before)
  expect(await it.read()).toEqual(events)
})

test('a run that went on after a crash is gone through again as if nothing had been', async () => {
  const never = defineTool({ ...slow, name: 'never', effect: 'external', run: () => new Promise<never>(() => {}) })
  const { tool } = effectTool()
  await using world = await createTestWorld({ tools: [tool, never], settings: short })
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 'n', name: 'never', input: {} }, { callId: 's', name: 'send', input: { to: 'Ada' } }),
    () => says('One of them.'),
  )
  const agentId = await agentWith(world.deps, actor, { send: 'allow', never: 'allow' })
  const { execution } = await beginConversation(world.deps, actor, 'Go', agentId)
  const victim = mortalProcess(world)
  victim.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'tool.completed')
  victim.kill()
  world.engine.start()
  await readAll(world.deps, actor, execution.id)
  expect(await replayExecution(world.deps, actor, execution.id)).toEqual({ identical: true, steps: 4, unrecorded: 0 })
})

test('a run that waited for a person is gone through again with what was decided', async () => {
  await using it = await run(
    [() => calls({ callId: 'a', name: 'send', input: { to: 'Ada' } }), () => says('As you wish.')],
    { send: 'ask' },
  )
  it.world.engine.start()
  const isAsked = (event: { type: string }) => event.type === 'approval.requested'
  const { a } = questionsIn(await readAll(it.deps, it.actor, it.executionId, 0, isAsked))
  await approveStep(it.deps, it.actor, { executionId: it.executionId, stepId: a!, decision: 'deny' })
  await it.read()
  expect(await it.replay()).toEqual({ identical: true, steps: 3, unrecorded: 0 })
})

test('a run that did not come to its end is gone through as far as it came, and so are its retry and a fork', async () => {
  await using it = await run([
    ...asksTwice.slice(0, 1),
    (_, signal) => stallsAfter('Half', signal),
    () => says('Whole.'),
  ])
  it.world.engine.start()
  await readAll(it.deps, it.actor, it.executionId, 0, (event) => 'text' in event && event.text === 'Half')
  await expect(it.replay()).rejects.toMatchObject({ code: 'CONFLICT' })
  await cancelExecution(it.deps, it.actor, it.executionId)
  await it.read()
  expect(await it.replay()).toEqual({ identical: true, steps: 3, unrecorded: 0 })

  const retried = await retryExecution(it.deps, it.actor, { executionId: it.executionId })
  await it.read(retried.execution.id)
  expect(await it.replay(retried.execution.id)).toEqual({ identical: true, steps: 4, unrecorded: 0 })

  const prompt = [{ type: 'text' as const, text: 'Otherwise' }]
  const fork = { executionId: it.executionId, atStep: 1, change: { prompt } }
  const forked = await forkExecution(it.deps, it.actor, fork)
  await it.read(forked.execution.id)
  expect(await it.replay(forked.execution.id)).toEqual({ identical: true, steps: 4, unrecorded: 1 })
})

const hash = expect.stringMatching(/^[0-9a-f]{64}$/)

test('tools that are described otherwise by now are told at the first step', async () => {
  await using it = await run()
  it.world.engine.start()
  await it.read()
  const { tool } = effectTool()
  const report = await it.replay(it.executionId, [{ ...tool, description: 'Does something else' }, slow])
  expect(report).toEqual({
    identical: false,
    steps: 0,
    divergence: {
      step: 'model:0',
      kind: 'model',
      expectedHash: hash,
      actualHash: hash,
      difference: 'The tools that it may call are others, or are described otherwise.',
    },
  })
})

test('a result that is not what the model was told is told at the step that heard of it', async () => {
  await using it = await run()
  it.world.engine.start()
  await it.read()
  const { items } = await listSteps(it.deps, it.actor, it.executionId)
  const { result, ...rest } = items.find(({ name }) => name === 'tool:0:a')!.result as { result: object }
  const changed = { ...rest, result: { ...result, outcome: { ok: true, output: 'forged' } } }
  await it.deps.db
    .updateTable('execution_steps')
    .set({ result: JSON.stringify(changed) })
    .where('execution_id', '=', it.executionId)
    .where('name', '=', 'tool:0:a')
    .execute()
  expect(await it.replay()).toMatchObject({
    identical: false,
    steps: 3,
    divergence: { step: 'model:1', kind: 'model', difference: 'One of the 3 messages before it is another one.' },
  })
})

test('a call that is not the one that ran, an outcome and an answer that are others, are told too', async () => {
  await using it = await run()
  it.world.engine.start()
  await it.read()
  const { tool } = effectTool()
  // Its input is taken now: the call would not fail by itself any more.
  const lenient = { ...tool, input: z.looseObject({ to: z.coerce.string() }) }
  expect(await it.replay(it.executionId, [lenient, slow])).toMatchObject({ divergence: { step: 'model:0' } })

  const { items } = await listSteps(it.deps, it.actor, it.executionId)
  const forge = (name: string, from: string, to: string) =>
    it.deps.db
      .updateTable('execution_steps')
      .set({ result: JSON.stringify(items.find((step) => step.name === name)?.result).replaceAll(from, to) })
      .where('execution_id', '=', it.executionId)
      .where('name', '=', name)
      .execute()
  await forge('model:3', 'Both were', 'None was')
  expect(await it.replay()).toMatchObject({ identical: false, steps: 8, divergence: { step: 'end', kind: 'end' } })
  await forge('tool:2:b', 'INVALID_INPUT', 'TIMED_OUT')
  expect(await it.replay()).toMatchObject({
    divergence: {
      step: 'tool:2:b',
      kind: 'tool',
      difference: '“send” gave the error TIMED_OUT then, and would give the error INVALID_INPUT now.',
    },
  })
  await forge('model:0', 'noon', 'night')
  expect(await it.replay()).toMatchObject({
    steps: 2,
    divergence: { step: 'tool:0:a', kind: 'tool', expectedHash: hash, actualHash: hash },
  })
})

test('another person has nothing to go through', async () => {
  await using it = await run()
  const stranger = await it.world.newActor()
  await expect(replayExecution(it.deps, stranger, it.executionId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
