import type { ExecutionId, MessageId } from '@kickstartmyai/contract'
import { type ExecutionRow, findExecution, insertExecution, insertMessage, inTransaction } from '@kickstartmyai/db'
import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { createConversation } from '../conversations/create-conversation.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool } from '../testing/guarded-tools.ts'
import { short } from '../testing/mortal-process.ts'
import { calls, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { cancelExecution } from './cancel-execution.ts'
import { getExecution } from './get-execution.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** An execution that another one has set off, in a conversation of its own, queued. */
async function childOf({ deps }: TestWorld, actor: Actor, parent: ExecutionId): Promise<ExecutionId> {
  const { id: conversationId } = await createConversation(deps, actor, {})
  const { settings } = (await findExecution(deps.db, scopeOf(actor, 'execution.read'), parent)) as ExecutionRow
  const id = deps.newId() as ExecutionId
  const messageId = deps.newId() as MessageId
  await inTransaction(deps.db, async (tx) => {
    await insertMessage(tx, {
      id: messageId,
      conversation_id: conversationId,
      parent_id: null,
      role: 'user',
      parts: JSON.stringify([{ type: 'text', text: 'Help me' }]),
      parts_version: 1,
      execution_id: id,
      agent_id: null,
      usage: null,
    })
    await insertExecution(tx, {
      id,
      owner_id: actor.userId,
      conversation_id: conversationId,
      agent_id: null,
      message_id: messageId,
      parent_execution_id: parent,
      settings: JSON.stringify(settings),
      provider: 'demo',
      model: 'scripted',
      client_key: null,
      body_hash: 'child',
    })
  })
  return id
}

const statusOf = async ({ deps }: TestWorld, actor: Actor, id: ExecutionId) =>
  (await getExecution(deps, actor, id)).status

test('stopping one that is queued stops all that it has set off, however deep, and nothing else', async () => {
  await using world = await createTestWorld()
  const [actor, other] = [await world.newActor(), await world.newActor()]
  const { execution: root } = await beginConversation(world.deps, actor)
  const { execution: bystander } = await beginConversation(world.deps, actor)
  const child = await childOf(world, actor, root.id)
  const sibling = await childOf(world, actor, root.id)
  const grandchild = await childOf(world, actor, child)
  await expect(cancelExecution(world.deps, other, root.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await statusOf(world, actor, grandchild)).toBe('queued')

  expect((await cancelExecution(world.deps, actor, child)).status).toBe('cancelled')
  expect(await statusOf(world, actor, root.id)).toBe('queued')
  await cancelExecution(world.deps, actor, root.id)
  for (const id of [root.id, child, sibling, grandchild]) {
    expect(await statusOf(world, actor, id)).toBe('cancelled')
    const events = await readAll(world.deps, actor, id)
    expect(events.map(({ type, seq }) => ({ type, seq }))).toEqual([{ type: 'execution.cancelled', seq: 1 }])
  }
  expect(await statusOf(world, actor, bystander.id)).toBe('queued')
})

test('stopping one that runs here stops a child that runs in another process, and keeps what both said', async () => {
  await using world = await createTestWorld({ settings: { ...short, leaseMs: 20_000, maxRunning: 1 } })
  const actor = await world.newActor()
  world.provider.play((_, signal) => stallsAfter('Working on it', signal))
  const isText = (event: { type: string }) => event.type === 'text.delta'
  world.engine.start()
  const { execution: root } = await beginConversation(world.deps, actor)
  await readAll(world.deps, actor, root.id, 0, isText)
  const child = await childOf(world, actor, root.id)
  const elsewhere = world.replica()
  elsewhere.engine.start()
  await readAll(world.deps, actor, child, 0, isText)
  expect([world.engine.running, elsewhere.engine.running]).toEqual([1, 1])

  await cancelExecution(world.deps, actor, root.id)
  for (const id of [root.id, child]) {
    expect((await readAll(world.deps, actor, id)).at(-1)).toMatchObject({
      type: 'execution.cancelled',
      message: { content: 'Working on it', complete: false },
    })
  }
})

test('stopping one that is over stops what it left running, and a child that waits for the person', async () => {
  const { tool } = effectTool()
  await using world = await createTestWorld({ tools: [tool] })
  const actor = await world.newActor()
  const agentId = await agentWith(world.deps, actor, { send: 'ask' })
  const { execution: root } = await beginConversation(world.deps, actor, 'Hello', agentId)
  world.engine.start()
  await readAll(world.deps, actor, root.id)
  world.provider.play(() => calls({ callId: 'a', name: 'send', input: { to: 'Ada' } }))
  const child = await childOf(world, actor, root.id)
  await expect.poll(() => statusOf(world, actor, child), { timeout: 30_000 }).toBe('waiting')

  expect((await cancelExecution(world.deps, actor, root.id)).status).toBe('completed')
  expect(await statusOf(world, actor, child)).toBe('cancelled')
  const events = await readAll(world.deps, actor, child)
  expect(events.at(-1)).toMatchObject({ type: 'execution.cancelled', message: { parts: [{ type: 'tool_call' }] } })
})
