import { CreateAgentInput, type ForkChange } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { createAgent } from '../agents/create-agent.ts'
import { updateAgent } from '../agents/update-agent.ts'
import { listMessages } from '../messages/list-messages.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool } from '../testing/guarded-tools.ts'
import { calls, says } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { forkExecution } from './fork-execution.ts'
import { getExecution } from './get-execution.ts'

/** A completed run: two rounds of a tool that cannot be undone, then the answer. */
async function completed() {
  const { tool, ran } = effectTool()
  const world = await createTestWorld({ tools: [tool] })
  const { deps, provider } = world
  const actor = await world.newActor()
  provider.play(
    () => calls({ callId: 'a', name: 'send', input: { to: 'Ada' } }),
    () => calls({ callId: 'b', name: 'send', input: { to: 'Bob' } }),
    () => says('Both were sent.'),
    () => says('Otherwise.'),
  )
  const agentId = await agentWith(deps, actor, { send: 'allow' })
  world.engine.start()
  const { conversationId, execution } = await beginConversation(deps, actor, 'Send them', agentId)
  await readAll(deps, actor, execution.id)
  return {
    world,
    deps,
    actor,
    ran,
    agentId,
    executionId: execution.id,
    requests: provider.requests,
    fork: (atStep: number, change: ForkChange, rest: { clientKey?: string } = {}) =>
      forkExecution(deps, actor, { executionId: execution.id, atStep, change, ...rest }),
    async messages() {
      return (await listMessages(deps, actor, { conversationId, limit: 20 })).items
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

const prompt = (text: string): ForkChange => ({ prompt: [{ type: 'text', text }] })

test('with another prompt: a message beside the first one, answered after the steps that are shared', async () => {
  await using it = await completed()
  const { message, execution } = await it.fork(1, prompt('Send it to Ada'))
  const [first, answer] = await it.messages()
  expect(message).toMatchObject({ content: 'Send it to Ada', parentMessageId: first?.parentMessageId ?? null })
  expect(message.id).not.toBe(first?.id)
  expect(message.executionId).toBe(execution.id)
  const events = await readAll(it.deps, it.actor, execution.id)

  expect(it.ran).toHaveLength(2)
  expect(it.requests).toHaveLength(4)
  expect(it.requests[3]?.messages).toMatchObject([
    { role: 'user', parts: [{ text: 'Send it to Ada' }] },
    { role: 'assistant', parts: [{ callId: 'a' }] },
    { role: 'tool', results: [{ callId: 'a', outcome: { ok: true } }] },
  ])
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed', usage: { inputTokens: 10 } })
  expect((await it.messages()).at(-1)).toMatchObject({ parentMessageId: message.id, content: 'Otherwise.' })
  expect((await it.messages())[1]).toEqual(answer)
  expect(await getExecution(it.deps, it.actor, execution.id)).toMatchObject({
    origin: {
      kind: 'fork',
      executionId: it.executionId,
      step: 1,
      change: { prompt: [{ type: 'text', text: 'Send it to Ada' }] },
    },
  })
})

test('at the first step nothing is shared', async () => {
  await using it = await completed()
  const { execution } = await it.fork(0, prompt('Hello'))
  const events = await readAll(it.deps, it.actor, execution.id)
  expect(it.requests[3]?.messages).toMatchObject([{ role: 'user', parts: [{ text: 'Hello' }] }])
  expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['execution.started', 'attempt.started'])
})

test('with another result of a tool, which does not run', async () => {
  await using it = await completed()
  const change = { toolResult: { callId: 'b', output: { refused: 'Bob is away\0' } } }
  const { message, execution } = await it.fork(2, change)
  const events = await readAll(it.deps, it.actor, execution.id)
  expect(message).toMatchObject({ content: 'Send them' })
  expect(it.ran).toHaveLength(2)
  const results = it.requests[3]?.messages.flatMap((said) => (said.role === 'tool' ? said.results : []))
  const output = { refused: 'Bob is away\uFFFD' }
  expect(results).toMatchObject([
    { callId: 'a', outcome: { ok: true, output: { done: 1 } } },
    { callId: 'b', outcome: { ok: true, output } },
  ])
  expect(events.filter(({ type }) => type === 'tool.completed')).toMatchObject([
    { callId: 'a' },
    { callId: 'b', output },
  ])
  const answer = (await it.messages()).at(-1)
  expect(answer?.parts.findLast((part) => part.type === 'tool_result')).toMatchObject({ callId: 'b', output })
})

test('with another model', async () => {
  await using it = await completed()
  const { execution } = await it.fork(1, { provider: 'demo', model: 'other' })
  const events = await readAll(it.deps, it.actor, execution.id)
  expect(execution).toMatchObject({ provider: 'demo', model: 'other' })
  expect(events[0]).toMatchObject({ type: 'execution.started', model: 'other' })
  const unknown = it.fork(1, { provider: 'anthropic' })
  await expect(unknown).rejects.toMatchObject({ code: 'MODEL_NOT_CONFIGURED' })
})

test('with another agent, or the same one as it is now', async () => {
  await using it = await completed()
  await updateAgent(it.deps, it.actor, { agentId: it.agentId, systemPrompt: 'Be brief.' })
  const { execution } = await it.fork(1, { agentId: it.agentId })
  await readAll(it.deps, it.actor, execution.id)
  expect(it.requests[3]?.system).toBe('Be brief.')
  const other = await createAgent(it.deps, it.actor, CreateAgentInput.parse({ name: 'Other', status: 'inactive' }))
  await expect(it.fork(1, { agentId: other.id })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  await updateAgent(it.deps, it.actor, { agentId: other.id, status: 'active' })
  const second = await it.fork(1, { agentId: other.id })
  expect(second.execution).toMatchObject({ agentId: other.id })
})

test('a step that was not reached, or a call that it did not ask for, is refused by name', async () => {
  await using it = await completed()
  const refused = (path: string) => ({ code: 'VALIDATION_FAILED', details: { issues: [{ path }] } })
  await expect(it.fork(3, prompt('Hello'))).rejects.toMatchObject(refused('atStep'))
  const change = (callId: string) => ({ toolResult: { callId, output: 1 } })
  await expect(it.fork(2, change('a'))).rejects.toMatchObject(refused('change.toolResult.callId'))
  await expect(it.fork(0, change('a'))).rejects.toMatchObject(refused('change.toolResult.callId'))
})

test('another person can fork neither at an execution nor with an agent that is not theirs', async () => {
  await using it = await completed()
  const stranger = await it.world.newActor()
  const { executionId } = it
  const stolen = forkExecution(it.deps, stranger, { executionId, atStep: 0, change: prompt('Hello') })
  await expect(stolen).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const theirs = await createAgent(it.deps, stranger, CreateAgentInput.parse({ name: 'Theirs' }))
  await expect(it.fork(0, { agentId: theirs.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the same client key is one fork; for another change it is refused', async () => {
  await using it = await completed()
  const clientKey = 'once'
  const [first, second] = await Promise.all([
    it.fork(1, prompt('Hello'), { clientKey }),
    it.fork(1, prompt('Hello'), { clientKey }),
  ])
  expect(second.execution.id).toBe(first.execution.id)
  expect((await it.messages()).filter(({ role }) => role === 'user')).toHaveLength(2)
  const other = it.fork(1, prompt('Bye'), { clientKey })
  await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
})

test('a fork of a fork shares what its origin shared', async () => {
  await using it = await completed()
  const { execution } = await it.fork(1, prompt('Hello'))
  await readAll(it.deps, it.actor, execution.id)
  const change = { toolResult: { callId: 'a', output: 'as if' } }
  const second = await forkExecution(it.deps, it.actor, { executionId: execution.id, atStep: 1, change })
  await readAll(it.deps, it.actor, second.execution.id)
  expect(it.requests[4]?.messages).toMatchObject([
    { role: 'user', parts: [{ text: 'Hello' }] },
    { role: 'assistant' },
    { role: 'tool', results: [{ callId: 'a', outcome: { ok: true, output: 'as if' } }] },
  ])
  expect(it.ran).toHaveLength(2)
})
