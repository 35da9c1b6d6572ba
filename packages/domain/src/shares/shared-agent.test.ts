import { CreateAgentInput, type Principal } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { createAgent } from '../agents/create-agent.ts'
import { deleteAgent } from '../agents/delete-agent.ts'
import { getAgent } from '../agents/get-agent.ts'
import { listAgents } from '../agents/list-agents.ts'
import { updateAgent } from '../agents/update-agent.ts'
import { getConversation } from '../conversations/get-conversation.ts'
import { listSteps } from '../executions/list-steps.ts'
import { retryExecution } from '../executions/retry-execution.ts'
import { addMember } from '../groups/add-member.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeMember } from '../groups/remove-member.ts'
import { sendMessage } from '../messages/send-message.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { listAgentShares } from './list-agent-shares.ts'
import { shareAgent } from './share-agent.ts'
import { unshareAgent } from './unshare-agent.ts'

const secret = 'The secret recipe has seven herbs.'
const input = CreateAgentInput.parse({ name: 'Cook', description: 'Cooks.', systemPrompt: secret })
const everyone: Principal = { type: 'everyone' }
const user = ({ userId }: Actor): Principal => ({ type: 'user', userId })
const forbidden = { code: 'FORBIDDEN' }
const missing = { code: 'NOT_FOUND', message: 'There is no such agent.' }

async function begin(world: TestWorld) {
  const [owner, friend, stranger] = [await world.newActor(), await world.newActor(), await world.newActor()]
  const agent = await createAgent(world.deps, owner, input)
  return { deps: world.deps, owner, friend, stranger, agentId: agent.id }
}

test('a shared agent is run by those it is shared with, in their name, and its prompt is not shown', async () => {
  await using world = await createTestWorld()
  const { deps, owner, friend, stranger, agentId } = await begin(world)
  await expect(getAgent(deps, friend, agentId)).rejects.toMatchObject(missing)
  await shareAgent(deps, owner, { agentId, principal: user(friend), level: 'viewer' })

  const seen = await getAgent(deps, friend, agentId)
  expect(seen).toMatchObject({ name: 'Cook', systemPrompt: null, access: 'viewer', owner: { id: owner.userId } })
  expect((await listAgents(deps, friend, { limit: 10 })).items.map(({ id }) => id)).toContain(agentId)
  expect((await listAgents(deps, stranger, { limit: 10 })).items.map(({ id }) => id)).not.toContain(agentId)
  world.engine.start()
  const { conversationId, execution } = await beginConversation(deps, friend, 'What is for dinner?', agentId)
  const events = await readAll(deps, friend, execution.id)
  expect(events.at(-1)?.type).toBe('execution.completed')
  const row = await deps.db
    .selectFrom('executions')
    .selectAll()
    .where('id', '=', execution.id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ owner_id: friend.userId, settings: { systemPrompt: secret } })
  const shown = [
    seen,
    events,
    await listSteps(deps, friend, execution.id),
    await getConversation(deps, friend, conversationId),
  ]
  expect(JSON.stringify(shown)).not.toContain('herbs')
  expect(JSON.stringify(shown)).not.toContain('"system"')
  // What they say to it is theirs alone.
  await expect(getConversation(deps, owner, conversationId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('levels: a viewer changes nothing, an editor does not share, a manager does not delete', async () => {
  await using world = await createTestWorld()
  const { deps, owner, friend, stranger, agentId } = await begin(world)
  const asFriend = (level: 'viewer' | 'editor' | 'manager') =>
    shareAgent(deps, owner, { agentId, principal: user(friend), level })
  const rename = () => updateAgent(deps, friend, { agentId, name: 'Chef' })
  const share = () => shareAgent(deps, friend, { agentId, principal: user(stranger), level: 'viewer' })
  await asFriend('viewer')
  await expect(rename()).rejects.toMatchObject(forbidden)
  await expect(listAgentShares(deps, friend, agentId)).rejects.toMatchObject(forbidden)
  await asFriend('editor')
  expect(await rename()).toMatchObject({ name: 'Chef', systemPrompt: secret, access: 'editor' })
  await expect(share()).rejects.toMatchObject(forbidden)
  await asFriend('manager')
  await share()
  expect((await listAgentShares(deps, friend, agentId)).items).toHaveLength(2)
  await expect(deleteAgent(deps, friend, agentId)).rejects.toMatchObject(forbidden)
  await expect(shareAgent(deps, friend, { agentId, principal: user(owner), level: 'viewer' })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
  })
  await deleteAgent(deps, owner, agentId)
  expect(await deps.db.selectFrom('grants').selectAll().execute()).toEqual([])
})

test('a group’s members have what was granted to it, for as long as they are members', async () => {
  await using world = await createTestWorld()
  const { deps, owner, friend, stranger, agentId } = await begin(world)
  const admin = { ...(await world.newActor()), role: 'admin' as const }
  const { id: groupId } = await createGroup(deps, admin, { name: 'Kitchen' })
  await addMember(deps, admin, { groupId, userId: friend.userId })
  const share = { agentId, principal: { type: 'group', groupId } as const, level: 'editor' as const }
  // Who is not in a group does not learn of it by sharing.
  await expect(shareAgent(deps, owner, share)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await addMember(deps, admin, { groupId, userId: owner.userId })
  await shareAgent(deps, owner, share)
  await shareAgent(deps, owner, { agentId, principal: everyone, level: 'viewer' })
  expect(await getAgent(deps, friend, agentId)).toMatchObject({ access: 'editor' })
  expect(await getAgent(deps, stranger, agentId)).toMatchObject({ access: 'viewer' })
  await removeMember(deps, admin, { groupId, userId: friend.userId })
  expect(await getAgent(deps, friend, agentId)).toMatchObject({ access: 'viewer' })
  const { items } = await listAgentShares(deps, owner, agentId)
  expect(items).toMatchObject([{ principal: `group:${groupId}`, name: 'Kitchen' }, { principal: 'everyone' }])
  await unshareAgent(deps, owner, { agentId, principal: everyone })
  await expect(getAgent(deps, friend, agentId)).rejects.toMatchObject(missing)
  await expect(getAgent(deps, admin, agentId)).rejects.toMatchObject(missing)
})

test('a share that is withdrawn ends what is new: sends and retries are refused, what was said stays', async () => {
  await using world = await createTestWorld()
  const { deps, owner, friend, agentId } = await begin(world)
  await shareAgent(deps, owner, { agentId, principal: everyone, level: 'viewer' })
  world.engine.start()
  const { conversationId, execution } = await beginConversation(deps, friend, 'Hello', agentId)
  await unshareAgent(deps, owner, { agentId, principal: everyone })
  // What was taken on is finished.
  expect((await readAll(deps, friend, execution.id)).at(-1)?.type).toBe('execution.completed')
  const send = () => sendMessage(deps, friend, { conversationId, content: [{ type: 'text', text: 'And now?' }] })
  await expect(send()).rejects.toMatchObject(forbidden)
  await deps.db.updateTable('executions').set({ status: 'failed' }).where('id', '=', execution.id).execute()
  await expect(retryExecution(deps, friend, { executionId: execution.id })).rejects.toMatchObject(forbidden)
  await deleteAgent(deps, owner, agentId)
  await expect(send()).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  await expect(retryExecution(deps, friend, { executionId: execution.id })).rejects.toMatchObject(forbidden)
  expect((await getConversation(deps, friend, conversationId)).access).toBe('owner')
})

test('own and shared agents are one list, page by page', async () => {
  await using world = await createTestWorld()
  const { deps, owner, friend } = await begin(world)
  for (let n = 0; n < 7; n++) {
    const mine = n % 2 === 0
    const { id: agentId } = await createAgent(deps, mine ? friend : owner, { ...input, name: `Agent ${n}` })
    if (!mine) await shareAgent(deps, owner, { agentId, principal: everyone, level: 'viewer' })
  }
  const names: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await listAgents(deps, friend, { limit: 2, cursor })
    names.push(...page.items.map(({ name }) => name))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(names).toEqual([...[6, 5, 4, 3, 2, 1, 0].map((n) => `Agent ${n}`), 'Assistant'])
})
