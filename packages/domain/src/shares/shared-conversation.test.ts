import type { GrantLevel } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { deleteConversation } from '../conversations/delete-conversation.ts'
import { listConversations } from '../conversations/list-conversations.ts'
import { updateConversation } from '../conversations/update-conversation.ts'
import { cancelExecution } from '../executions/cancel-execution.ts'
import { followExecution } from '../executions/follow-execution.ts'
import { getExecution } from '../executions/get-execution.ts'
import { listExecutions } from '../executions/list-executions.ts'
import { listMessages } from '../messages/list-messages.ts'
import { sendMessage } from '../messages/send-message.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { says } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { shareAgent } from './share-agent.ts'
import { shareConversation } from './share-conversation.ts'
import { unshareConversation } from './unshare-conversation.ts'

const forbidden = { code: 'FORBIDDEN' }
const missing = { code: 'NOT_FOUND' }
const text = (said: string) => [{ type: 'text' as const, text: said }]

async function begin(world: TestWorld) {
  const { deps } = world
  const [owner, friend, stranger] = [await world.newActor(), await world.newActor(), await world.newActor()]
  world.engine.start()
  const { conversationId, execution } = await beginConversation(deps, owner)
  await readAll(deps, owner, execution.id)
  const principal = { type: 'user', userId: friend.userId } as const
  const share = (level: GrantLevel) => shareConversation(deps, owner, { conversationId, principal, level })
  const unshare = () => unshareConversation(deps, owner, { conversationId, principal })
  const say = (actor: Actor, said: string, rest: { clientKey?: string } = {}) =>
    sendMessage(deps, actor, { conversationId, content: text(said), ...rest })
  return { deps, owner, friend, stranger, conversationId, execution, share, unshare, say }
}

test('a viewer reads and follows, and does nothing else', async () => {
  await using world = await createTestWorld()
  const { deps, friend, stranger, conversationId, execution, share, unshare, say } = await begin(world)
  const page = { conversationId, limit: 10 }
  await expect(listMessages(deps, friend, page)).rejects.toMatchObject(missing)
  await share('viewer')
  expect((await listMessages(deps, friend, page)).items).toHaveLength(2)
  expect((await listConversations(deps, friend, page)).items).toMatchObject([{ id: conversationId, access: 'viewer' }])
  expect((await readAll(deps, friend, execution.id)).at(-1)?.type).toBe('execution.completed')
  expect((await listExecutions(deps, friend, page)).items).toHaveLength(1)
  // In the list of what one has set off oneself it is not.
  expect((await listExecutions(deps, friend, { limit: 10 })).items).toEqual([])
  await expect(say(friend, 'Hello')).rejects.toMatchObject(forbidden)
  await expect(cancelExecution(deps, friend, execution.id)).rejects.toMatchObject(forbidden)
  await expect(updateConversation(deps, friend, { conversationId, title: 'Mine' })).rejects.toMatchObject(forbidden)
  await expect(deleteConversation(deps, friend, conversationId)).rejects.toMatchObject(forbidden)
  expect((await listExecutions(deps, stranger, page)).items).toEqual([])
  await unshare()
  await expect(getExecution(deps, friend, execution.id)).rejects.toMatchObject(missing)
  await expect(followExecution(deps, friend, execution.id, 0, new AbortController().signal)).rejects.toMatchObject(
    missing,
  )
})

test('an editor speaks with an agent that they may use, in their own name and out of their own caps', async () => {
  await using world = await createTestWorld()
  const { deps, owner, friend, conversationId, share, unshare, say } = await begin(world)
  await share('editor')
  // The conversation is shared, its agent is not.
  await expect(say(friend, 'Hello')).rejects.toMatchObject(forbidden)
  const { agent_id: agentId } = await deps.db
    .selectFrom('conversations')
    .select('agent_id')
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow()
  await shareAgent(deps, owner, { agentId: agentId!, principal: { type: 'everyone' }, level: 'viewer' })
  const { execution } = await say(friend, 'Hello', { clientKey: 'one' })
  const row = () =>
    deps.db.selectFrom('executions').selectAll().where('id', '=', execution.id).executeTakeFirstOrThrow()
  expect((await row()).owner_id).toBe(friend.userId)
  // Everybody who reads the conversation follows it; keys are each person's own.
  expect((await readAll(deps, owner, execution.id)).at(-1)?.type).toBe('execution.completed')
  const same = await say(owner, 'Something else', { clientKey: 'one' })
  expect(same.execution.id).not.toBe(execution.id)
  await readAll(deps, friend, same.execution.id)
  await unshare()
  await expect(say(friend, 'Still here?')).rejects.toMatchObject(missing)
  // What one has set off oneself one may still see.
  expect((await getExecution(deps, friend, execution.id)).status).toBe('completed')
  await expect(getExecution(deps, friend, same.execution.id)).rejects.toMatchObject(missing)
})

test('whoever follows somebody else’s run is let go of when they may no longer see it', async () => {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead, sleep: () => new Promise<void>(() => {}) }
  await using world = await createTestWorld()
  const { deps, owner, friend, share, unshare, say } = await begin(world)
  await share('viewer')
  const gate = Promise.withResolvers<void>()
  world.provider.play(async function* () {
    yield { type: 'text', text: 'One, ' }
    await gate.promise
    yield* says('two.')
  })
  const { execution } = await say(owner, 'Go on')
  const events = await followExecution({ ...deps, clock }, friend, execution.id, 0, new AbortController().signal)
  expect((await events.next()).done).toBe(false)
  await unshare()
  ahead = 60_000
  gate.resolve()
  const rest: unknown[] = []
  for await (const batch of events) rest.push(...batch)
  expect(rest).toEqual([])
})
