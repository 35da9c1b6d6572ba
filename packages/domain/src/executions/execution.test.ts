import { defineTool } from '@kickstartmyai/ai'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listMessages } from '../messages/list-messages.ts'
import { sendMessage } from '../messages/send-message.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { calls, says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { cancelExecution } from './cancel-execution.ts'
import { getExecution } from './get-execution.ts'

const textOfDeltas = (events: Awaited<ReturnType<typeof readAll>>) =>
  events.map((event) => (event.type === 'text.delta' ? event.text : '')).join('')

test('an answer is streamed, numbered from 1 without a gap, and stored as it was streamed', async () => {
  await using world = await createTestWorld()
  world.engine.start()
  const actor = await world.newActor()
  world.provider.play(() => says('Good morning to you 👋 all.'))
  const { conversationId, execution } = await beginConversation(world.deps, actor)
  const events = await readAll(world.deps, actor, execution.id)

  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[0]).toMatchObject({ type: 'execution.started', executionId: execution.id })
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed', usage: { inputTokens: 10, outputTokens: 5 } })
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(items.map(({ role, content, complete }) => ({ role, content, complete }))).toEqual([
    { role: 'user', content: 'Hello', complete: true },
    { role: 'assistant', content: textOfDeltas(events), complete: true },
  ])
  expect(await getExecution(world.deps, actor, execution.id)).toMatchObject({
    status: 'completed',
    answerMessageId: items[1]?.id,
    lastSeq: events.length,
  })
})

test('a follower that comes back gets exactly the rest, from any place', async () => {
  await using world = await createTestWorld()
  world.engine.start()
  const actor = await world.newActor()
  const { execution } = await beginConversation(world.deps, actor)
  const all = await readAll(world.deps, actor, execution.id)
  for (const { seq } of all) {
    expect(await readAll(world.deps, actor, execution.id, seq)).toEqual(all.slice(seq))
  }
})

test('tools run, their calls and results are told and kept, and the model hears of them', async () => {
  await using world = await createTestWorld()
  world.engine.start()
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 'c1', name: 'calculator', input: { expression: '17*23' } }),
    () => says('It is 391.'),
  )
  const { conversationId, execution } = await beginConversation(world.deps, actor, 'what is 17*23?')
  const events = await readAll(world.deps, actor, execution.id)

  expect(events.filter((event) => event.type.startsWith('tool.'))).toMatchObject([
    { type: 'tool.called', callId: 'c1', name: 'calculator', input: { expression: '17*23' } },
    { type: 'tool.completed', callId: 'c1', name: 'calculator' },
  ])
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(items[1]?.parts.map((part) => part.type)).toEqual(['tool_call', 'tool_result', 'text'])
  expect(world.provider.requests[1]?.messages.at(-1)).toMatchObject({ role: 'tool', results: [{ callId: 'c1' }] })
  expect(items[1]?.usage).toMatchObject({ inputTokens: 20, outputTokens: 10 })
})

test('stopping aborts the model, keeps the partial text and marks it', async () => {
  await using world = await createTestWorld()
  world.engine.start()
  const actor = await world.newActor()
  let aborted = false
  world.provider.play((_, signal) => {
    signal.addEventListener('abort', () => (aborted = true))
    return stallsAfter('Once upon a time', signal)
  })
  const { conversationId, execution } = await beginConversation(world.deps, actor)
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  await cancelExecution(world.deps, actor, execution.id)
  const events = await readAll(world.deps, actor, execution.id)

  expect(aborted).toBe(true)
  expect(events.at(-1)).toMatchObject({ type: 'execution.cancelled', message: { content: 'Once upon a time' } })
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(items[1]).toMatchObject({ content: 'Once upon a time', complete: false })
  expect((await cancelExecution(world.deps, actor, execution.id)).status).toBe('cancelled')
})

test('stopping what has not begun ends it without a claim', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  const { execution } = await beginConversation(world.deps, actor)
  expect((await cancelExecution(world.deps, actor, execution.id)).status).toBe('cancelled')
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.map((event) => event.type)).toEqual(['execution.cancelled'])
  expect(world.provider.requests).toHaveLength(0)
})

test('a second message in the same conversation waits for the first and knows its answer', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  world.provider.play(
    () => says('First answer.'),
    () => says('Second answer.'),
  )
  const { conversationId } = await beginConversation(world.deps, actor, 'one')
  const content = [{ type: 'text' as const, text: 'two' }]
  const { execution } = await sendMessage(world.deps, actor, { conversationId, content })
  world.engine.start()
  await readAll(world.deps, actor, execution.id)
  expect(world.provider.requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
})

test('the same client key is one send; for another text it is refused', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  const { conversationId } = await beginConversation(world.deps, actor)
  const send = (text: string) =>
    sendMessage(world.deps, actor, { conversationId, content: [{ type: 'text', text }], clientKey: 'key' })
  const [first, second] = await Promise.all([send('once'), send('once')])
  expect(second.execution.id).toBe(first.execution.id)
  expect(second.message.id).toBe(first.message.id)
  await expect(send('something else')).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
})

test('text that PostgreSQL cannot keep is told and stored alike', async () => {
  await using world = await createTestWorld()
  world.engine.start()
  const actor = await world.newActor()
  world.provider.play(function* () {
    for (const text of ['a\0b', '\uD83D', '\uDE00', ' \uD800 end']) yield { type: 'text', text }
    yield { type: 'finish', reason: 'stop' }
  })
  const { conversationId, execution } = await beginConversation(world.deps, actor)
  const events = await readAll(world.deps, actor, execution.id)
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(textOfDeltas(events)).toBe('a\uFFFDb😀 \uFFFD end')
  expect(items[1]?.content).toBe(textOfDeltas(events))
})

test('a tool that fails is told to the model, and the execution goes on', async () => {
  const broken = defineTool({
    name: 'broken',
    title: 'Broken',
    description: 'Always fails',
    effect: 'read',
    input: z.object({}),
    timeoutMs: 1000,
    run() {
      throw new Error('out of order')
    },
  })
  await using world = await createTestWorld({ tools: [broken] })
  world.engine.start()
  const actor = await world.newActor()
  world.provider.play(
    () => calls({ callId: 'x', name: 'broken', input: {} }),
    () => says('Sorry.'),
  )
  const { execution } = await beginConversation(world.deps, actor)
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.find((event) => event.type === 'tool.failed')).toMatchObject({ callId: 'x' })
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
})
