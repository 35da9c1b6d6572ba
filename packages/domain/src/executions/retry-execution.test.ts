import { defineTool } from '@kickstartmyai/ai'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listMessages } from '../messages/list-messages.ts'
import { sendMessage } from '../messages/send-message.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool } from '../testing/guarded-tools.ts'
import { calls, says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { cancelExecution } from './cancel-execution.ts'
import { getExecution } from './get-execution.ts'
import { listSteps } from './list-steps.ts'
import { retryExecution } from './retry-execution.ts'

const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, reasoningTokens: 0 }

function* breaksOff() {
  yield { type: 'text' as const, text: 'It was ' }
  throw new Error('the line is dead')
}

/** An agent has done something that cannot be undone when its model fails. */
async function failed() {
  const { tool, ran } = effectTool()
  const world = await createTestWorld({ tools: [tool] })
  const actor = await world.newActor()
  const asks = { callId: 'a', name: 'send', input: { to: 'Ada' } }
  world.provider.play(
    function* () {
      yield { type: 'text', text: 'I will. ' }
      yield* calls(asks)
    },
    breaksOff,
    () => says('It was sent.'),
  )
  const agentId = await agentWith(world.deps, actor, { send: 'allow' })
  world.engine.start()
  const begun = await beginConversation(world.deps, actor, 'Send it', agentId)
  await readAll(world.deps, actor, begun.execution.id)
  const messages = async () => {
    const { items } = await listMessages(world.deps, actor, { conversationId: begun.conversationId, limit: 20 })
    return items
  }
  return {
    ...begun,
    world,
    deps: world.deps,
    actor,
    ran,
    messages,
    executionId: begun.execution.id,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

test('a failed run is tried again from where it failed: nothing is asked, paid or done twice', async () => {
  await using it = await failed()
  const { world, deps, actor, executionId } = it
  expect(await getExecution(deps, actor, executionId)).toMatchObject({ status: 'failed', usage, origin: null })
  const { message, execution } = await retryExecution(deps, actor, { executionId })
  expect(message.id).toBe(it.execution.messageId)
  const origin = { kind: 'retry', executionId, step: 1, change: null }
  expect(execution).toMatchObject({ status: 'queued', messageId: message.id, origin })
  const events = await readAll(deps, actor, execution.id)

  expect(it.ran).toEqual([{ to: 'Ada' }])
  expect(world.provider.requests).toHaveLength(3)
  expect(world.provider.requests[2]).toEqual(world.provider.requests[1])
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[0]).toMatchObject({ type: 'execution.started', executionId: execution.id })
  expect(events.map(({ type }) => type).filter((type) => type !== 'text.delta')).toEqual([
    'execution.started',
    'attempt.started',
    'tool.called',
    'tool.completed',
    'attempt.started',
    'usage.updated',
    'message.completed',
    'execution.completed',
  ])
  // The tokens of the shared step are booked once, with the run that asked for it.
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed', usage })
  const steps = await listSteps(deps, actor, execution.id)
  expect(steps.items.map(({ name, state }) => [name, state])).toEqual([
    ['model:0', 'done'],
    ['tool:0:a', 'done'],
    ['model:1', 'done'],
  ])
})

test('the new answer stands beside the old one, and holds what was shared', async () => {
  await using it = await failed()
  const { execution } = await retryExecution(it.deps, it.actor, { executionId: it.executionId })
  const events = await readAll(it.deps, it.actor, execution.id)
  const [asked, before, after] = await it.messages()
  expect(before).toMatchObject({ executionId: it.executionId, parentMessageId: asked?.id, complete: false })
  expect(after).toMatchObject({ executionId: execution.id, parentMessageId: asked?.id, complete: true, usage })
  expect(after?.content).toBe('I will. It was sent.')
  expect(events.flatMap((event) => (event.type === 'text.delta' ? [event.text] : [])).join('')).toBe(after?.content)
  expect(after?.parts.map(({ type }) => type)).toEqual(['text', 'tool_call', 'tool_result', 'text'])
})

test('a retry waits its turn in the conversation, and is claimed once', async () => {
  await using it = await failed()
  const { deps, actor, conversationId, executionId, world } = it
  world.provider.play(
    (_, signal) => stallsAfter('Wait', signal),
    () => says('It was sent.'),
  )
  const content = [{ type: 'text' as const, text: 'Something else' }]
  const other = await sendMessage(deps, actor, { conversationId, content })
  await readAll(deps, actor, other.execution.id, 0, (event) => event.type === 'text.delta')
  const { execution } = await retryExecution(deps, actor, { executionId })
  expect((await getExecution(deps, actor, execution.id)).status).toBe('queued')
  await cancelExecution(deps, actor, other.execution.id)
  const events = await readAll(deps, actor, execution.id)
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
})

test('the same client key is one retry; for another run, or a message, it is refused', async () => {
  await using it = await failed()
  const { deps, actor, conversationId, executionId } = it
  const retry = { executionId, clientKey: 'again' }
  const [first, second] = await Promise.all([retryExecution(deps, actor, retry), retryExecution(deps, actor, retry)])
  expect(second.execution.id).toBe(first.execution.id)
  await readAll(deps, actor, first.execution.id)
  const content = [{ type: 'text' as const, text: 'Hello' }]
  const mismatch = { code: 'IDEMPOTENCY_MISMATCH' }
  await expect(sendMessage(deps, actor, { conversationId, content, clientKey: 'again' })).rejects.toMatchObject(
    mismatch,
  )
  await sendMessage(deps, actor, { conversationId, content, clientKey: 'sent' })
  await expect(retryExecution(deps, actor, { executionId, clientKey: 'sent' })).rejects.toMatchObject(mismatch)
})

test('what is under way or was completed is not tried again, and another person finds nothing', async () => {
  await using it = await failed()
  const { deps, actor, executionId, world } = it
  const stranger = await world.newActor()
  await expect(retryExecution(deps, stranger, { executionId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  world.provider.play(
    (_, signal) => stallsAfter('Wait', signal),
    () => says('Done.'),
  )
  const { execution } = await retryExecution(deps, actor, { executionId })
  await readAll(deps, actor, execution.id, 0, (event) => 'text' in event && event.text === 'Wait')
  const again = () => retryExecution(deps, actor, { executionId: execution.id })
  await expect(again()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('under way') })
  await cancelExecution(deps, actor, execution.id)
  await readAll(deps, actor, execution.id)
  const third = await again()
  expect(third.execution.origin).toMatchObject({ executionId: execution.id, step: 1 })
  await readAll(deps, actor, third.execution.id)
  const done = retryExecution(deps, actor, { executionId: third.execution.id })
  await expect(done).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('completed') })
  expect(it.ran).toHaveLength(1)
})

test.for(['external', 'read'] as const)('a tool that ran when the run was stopped: %s', async (effect) => {
  let runs = 0
  const tool = defineTool({
    name: 'slow',
    title: 'Slow',
    description: 'Hangs the first time',
    effect,
    input: z.object({}),
    timeoutMs: 60_000,
    run: () => (++runs === 1 ? new Promise<never>(() => {}) : { runs }),
  })
  await using world = await createTestWorld({ tools: [tool] })
  const { deps } = world
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 's', name: 'slow', input: {} }),
    () => says('Fine.'),
  )
  const agentId = await agentWith(deps, actor, { slow: 'allow' })
  world.engine.start()
  const { execution } = await beginConversation(deps, actor, 'Go', agentId)
  await readAll(deps, actor, execution.id, 0, (event) => event.type === 'tool.called')
  await cancelExecution(deps, actor, execution.id)
  await readAll(deps, actor, execution.id)

  const retried = await retryExecution(deps, actor, { executionId: execution.id })
  const events = await readAll(deps, actor, retried.execution.id)
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
  expect(runs).toBe(effect === 'read' ? 2 : 1)
  const { items } = await listSteps(deps, actor, retried.execution.id)
  expect(items.find(({ kind }) => kind === 'tool')?.state).toBe(effect === 'read' ? 'done' : 'unknown')
  const told = events.find((event) => event.type.startsWith('tool.') && event.type !== 'tool.called')
  expect(told).toMatchObject(effect === 'read' ? { type: 'tool.completed' } : { error: { code: 'UNKNOWN_OUTCOME' } })
})
