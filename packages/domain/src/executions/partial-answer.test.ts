import { expect, test } from 'vitest'
import { DomainError } from '../domain-error.ts'
import { listMessages } from '../messages/list-messages.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool, questionsIn } from '../testing/guarded-tools.ts'
import { mortalProcess, short } from '../testing/mortal-process.ts'
import { calls, says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { approveStep } from './approve-step.ts'
import { cancelExecution } from './cancel-execution.ts'
import { getExecution } from './get-execution.ts'

const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, reasoningTokens: 0 }

/** Someone has read “Let me see. 391, ” after a tool round when the process dies. */
async function cutOff(world: TestWorld) {
  const actor = await world.newActor()
  world.provider.play(
    function* () {
      yield { type: 'text', text: 'Let me see. ' }
      yield* calls({ callId: 'c1', name: 'calculator', input: { expression: '17*23' } })
    },
    (_, signal) => stallsAfter('391, ', signal),
  )
  const victim = mortalProcess(world)
  const { conversationId, execution } = await beginConversation(world.deps, actor)
  victim.engine.start()
  const before = await readAll(world.deps, actor, execution.id, 0, (event) => 'text' in event && event.text === '391, ')
  victim.kill()
  const answer = async () => (await listMessages(world.deps, actor, { conversationId, limit: 10 })).items[1]
  return { actor, executionId: execution.id, lastSeq: before.at(-1)?.seq, answer }
}

const kept = {
  content: 'Let me see. 391, ',
  complete: false,
  usage,
  parts: [
    { type: 'text', text: 'Let me see. ' },
    { type: 'tool_call', callId: 'c1' },
    { type: 'tool_result', callId: 'c1' },
    { type: 'text', text: '391, ' },
  ],
}

test('what was read stays when a run whose process died is stopped', async () => {
  await using world = await createTestWorld({ settings: short })
  const { actor, executionId, answer } = await cutOff(world)
  await cancelExecution(world.deps, actor, executionId)
  world.engine.start()
  const events = await readAll(world.deps, actor, executionId)
  expect(events.at(-1)).toMatchObject({ type: 'execution.cancelled', message: kept, usage })
  expect(await answer()).toMatchObject(kept)
})

test('what was read stays when a run is given up after too many attempts', async () => {
  await using world = await createTestWorld({ settings: { ...short, maxAttempts: 1 } })
  const { actor, executionId, answer } = await cutOff(world)
  world.engine.start()
  const events = await readAll(world.deps, actor, executionId)
  expect(events.at(-1)).toMatchObject({ type: 'execution.failed', error: { code: 'INTERRUPTED' }, message: kept })
  expect(await answer()).toMatchObject(kept)
})

test('what was read stays when the model is configured no longer', async () => {
  await using world = await createTestWorld({ settings: short })
  const { actor, executionId, answer } = await cutOff(world)
  world.deps.models = {
    ...world.deps.models,
    resolve() {
      throw new DomainError('MODEL_NOT_CONFIGURED', 'Its key was removed.')
    },
  }
  world.engine.start()
  const events = await readAll(world.deps, actor, executionId)
  expect(events.at(-1)).toMatchObject({ type: 'execution.failed', error: { code: 'MODEL_NOT_CONFIGURED' }, usage })
  expect(await answer()).toMatchObject(kept)
})

test('what another attempt says takes the place of what was read, also when it is stopped', async () => {
  await using world = await createTestWorld({ settings: short })
  const { actor, executionId, lastSeq, answer } = await cutOff(world)
  world.provider.play((_, signal) => stallsAfter('It is ', signal))
  world.engine.start()
  await readAll(world.deps, actor, executionId, lastSeq, (event) => event.type === 'text.delta')
  await cancelExecution(world.deps, actor, executionId)
  await readAll(world.deps, actor, executionId)
  expect(await answer()).toMatchObject({ content: 'Let me see. It is ', complete: false })
})

test.for(['waiting', 'queued'] as const)('what was read stays when a run is stopped while %s', async (status) => {
  const { tool } = effectTool()
  await using world = await createTestWorld({ tools: [tool] })
  const actor = await world.newActor()
  world.provider.play(
    function* () {
      yield { type: 'text', text: 'May I?' }
      yield* calls({ callId: 'a', name: 'send', input: { to: 'Ada' } })
    },
    () => says('Never said.'),
  )
  const agentId = await agentWith(world.deps, actor, { send: 'ask' })
  const { conversationId, execution } = await beginConversation(world.deps, actor, 'Send it', agentId)
  const runner = world.replica(short)
  runner.engine.start()
  const now = async () => (await getExecution(world.deps, actor, execution.id)).status
  await expect.poll(now, { timeout: 30_000 }).toBe('waiting')
  await runner.engine.drain(0)
  if (status === 'queued') {
    const isAsked = (event: { type: string }) => event.type === 'approval.requested'
    const { a } = questionsIn(await readAll(world.deps, actor, execution.id, 0, isAsked))
    await approveStep(world.deps, actor, { executionId: execution.id, stepId: a!, decision: 'approve' })
  }
  expect(await now()).toBe(status)

  expect(await cancelExecution(world.deps, actor, execution.id)).toMatchObject({ status: 'cancelled', usage })
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  const message = { content: 'May I?', complete: false, usage, parts: [{ type: 'text' }, { type: 'tool_call' }] }
  expect(items[1]).toMatchObject(message)
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.at(-1)).toMatchObject({ type: 'execution.cancelled', message, usage })
})
