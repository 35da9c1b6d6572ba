import { CreateAgentInput } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { createAgent } from '../agents/create-agent.ts'
import { updateAgent } from '../agents/update-agent.ts'
import { cancelExecution } from '../executions/cancel-execution.ts'
import { getExecution } from '../executions/get-execution.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { sendMessage } from './send-message.ts'

const content = [{ type: 'text' as const, text: 'And then?' }]

test('an agent that takes no message while it answers refuses it, and takes the next one', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  const actor = await world.newActor()
  const agent = await createAgent(deps, actor, CreateAgentInput.parse({ name: 'Busy', whenBusy: 'refuse' }))
  const { conversationId, execution } = await beginConversation(deps, actor, 'First', agent.id)
  const send = () => sendMessage(deps, actor, { conversationId, content })
  await expect(send()).rejects.toMatchObject({ code: 'CONVERSATION_BUSY', message: expect.stringContaining('Busy') })
  // Elsewhere it is free.
  await expect(beginConversation(deps, actor, 'Second', agent.id)).resolves.toBeDefined()
  await cancelExecution(deps, actor, execution.id)
  await expect(send()).resolves.toBeDefined()
  await updateAgent(deps, actor, { agentId: agent.id, whenBusy: 'queue' })
  await expect(send()).resolves.toBeDefined()
})

test('of two messages at once such an agent takes one', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  const agent = await createAgent(world.deps, actor, CreateAgentInput.parse({ name: 'Busy', whenBusy: 'refuse' }))
  const { conversationId, execution } = await beginConversation(world.deps, actor, 'First', agent.id)
  await cancelExecution(world.deps, actor, execution.id)
  const sends = Array.from({ length: 3 }, () => sendMessage(world.deps, actor, { conversationId, content }))
  const outcomes = (await Promise.allSettled(sends)).map((outcome) =>
    outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'sent',
  )
  expect(outcomes.toSorted()).toEqual(['CONVERSATION_BUSY', 'CONVERSATION_BUSY', 'sent'])
})

test('more than may run of one person wait, while others get their turn', async () => {
  await using world = await createTestWorld({ caps: { running: 1 }, settings: { pollMs: 50 } })
  const { deps, engine, provider } = world
  const [eager, other] = [await world.newActor(), await world.newActor()]
  provider.play(
    (_, signal) => stallsAfter('One', signal),
    () => says('Two'),
  )
  engine.start()
  const first = await beginConversation(deps, eager)
  expect(first.execution.status).toBe('running')
  await readAll(deps, eager, first.execution.id, 0, (event) => event.type === 'text.delta')
  const second = await beginConversation(deps, eager)
  expect(second.execution.status).toBe('queued')
  const others = await beginConversation(deps, other)
  expect((await readAll(deps, other, others.execution.id)).at(-1)).toMatchObject({ type: 'execution.completed' })
  expect((await getExecution(deps, eager, second.execution.id)).status).toBe('queued')

  await cancelExecution(deps, eager, first.execution.id)
  expect((await readAll(deps, eager, second.execution.id)).at(-1)).toMatchObject({ type: 'execution.completed' })
})

test('sends at the same moment do not run more of one person than may run', async () => {
  await using world = await createTestWorld({ caps: { running: 2 }, settings: { pollMs: 50 } })
  const actor = await world.newActor()
  world.provider.play((_, signal) => stallsAfter('…', signal))
  world.engine.start()
  const begun = await Promise.all(Array.from({ length: 6 }, () => beginConversation(world.deps, actor)))
  expect(begun.filter(({ execution }) => execution.status === 'running').length).toBeLessThanOrEqual(2)
  await expect.poll(() => world.engine.running, { timeout: 30_000 }).toBe(2)
})

test('more than may be under way are refused, and told when to come back', async () => {
  await using world = await createTestWorld({ caps: { active: 10 } })
  const actor = await world.newActor()
  const { conversationId } = await beginConversation(world.deps, actor)
  const send = () => sendMessage(world.deps, actor, { conversationId, content })
  for (let sent = 1; sent < world.deps.caps.active; sent++) await send()
  const refused = { code: 'LIMIT_EXCEEDED', details: { retryAfterSeconds: expect.any(Number) } }
  await expect(send()).rejects.toMatchObject(refused)
  await expect(beginConversation(world.deps, actor)).rejects.toMatchObject(refused)
})
