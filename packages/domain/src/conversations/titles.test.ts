import { ModelError, type ModelChunk } from '@kickstartmyai/ai'
import type { ConversationId } from '@kickstartmyai/contract'
import { settleTitle } from '@kickstartmyai/db'
import { expect, test, vi } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { says, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { deleteConversation } from './delete-conversation.ts'
import { generateTitle } from './generate-title.ts'
import { getConversation } from './get-conversation.ts'
import { updateConversation } from './update-conversation.ts'

/** A conversation with a whole first answer, and the model that is going to be asked for its title. */
async function answered(world: TestWorld, title: () => Iterable<ModelChunk> | AsyncIterable<ModelChunk>) {
  const actor = await world.newActor()
  world.provider.play(() => says('Water, flour and salt.'), title)
  world.engine.start()
  const { conversationId, execution } = await beginConversation(world.deps, actor, 'How do I bake bread?')
  await readAll(world.deps, actor, execution.id)
  return { actor, of: { conversationId, ownerId: actor.userId }, conversationId }
}

const never = new AbortController().signal
const titleOf = async (deps: Deps, actor: Actor, conversationId: ConversationId) => {
  const { title, titleSource } = await getConversation(deps, actor, conversationId)
  return [title, titleSource]
}

test('the model that answered is shown what was said, and its title replaces the prompt', async () => {
  await using world = await createTestWorld()
  const { actor, of, conversationId } = await answered(world, () => says('"Baking bread."\n'))
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['How do I bake bread?', 'prompt'])
  await generateTitle(world.deps, of, never)
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['Baking bread', 'generated'])
  const asked = JSON.stringify(world.provider.requests.at(-1))
  expect(asked).toContain('How do I bake bread?')
  expect(asked).toContain('Water, flour and salt.')
})

test('a title that a person gave is not asked for again, and not replaced when it comes while the model thinks', async () => {
  await using world = await createTestWorld()
  const rename = () => updateConversation(world.deps, actor, { conversationId, title: 'My bread' })
  const { actor, of, conversationId } = await answered(world, async function* () {
    await rename()
    yield* says('Baking bread')
  })
  await generateTitle(world.deps, of, never)
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['My bread', 'person'])
  const before = world.provider.requests.length
  await generateTitle(world.deps, of, never)
  expect(world.provider.requests).toHaveLength(before)
})

test('a person may rename what was generated, and it stays so', async () => {
  await using world = await createTestWorld()
  const { actor, of, conversationId } = await answered(world, () => says('Baking bread'))
  await generateTitle(world.deps, of, never)
  await updateConversation(world.deps, actor, { conversationId, title: 'My bread' })
  await generateTitle(world.deps, of, never)
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['My bread', 'person'])
})

test('a second run does nothing: the title is there', async () => {
  await using world = await createTestWorld()
  const { of } = await answered(world, () => says('Baking bread'))
  await generateTitle(world.deps, of, never)
  await generateTitle(world.deps, of, never)
  expect(world.provider.requests).toHaveLength(2)
})

test('a model that says nothing usable leaves the prompt, and is not asked again', async () => {
  await using world = await createTestWorld()
  const { actor, of, conversationId } = await answered(world, () => says('"…"'))
  await generateTitle(world.deps, of, never)
  await generateTitle(world.deps, of, never)
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['How do I bake bread?', 'kept'])
  expect(world.provider.requests).toHaveLength(2)
})

const fails = (retryable: boolean) => () => {
  throw new ModelError(retryable ? 'overloaded' : 'auth_failed', 'no', { retryable })
}

test('a model that may answer later fails the job; one that never will leaves the prompt', async () => {
  await using world = await createTestWorld()
  const { actor, of, conversationId } = await answered(world, fails(true))
  await expect(generateTitle(world.deps, of, never)).rejects.toMatchObject({ kind: 'overloaded' })
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['How do I bake bread?', 'prompt'])
  world.provider.play(fails(false))
  await generateTitle(world.deps, of, never)
  expect(await titleOf(world.deps, actor, conversationId)).toEqual(['How do I bake bread?', 'kept'])
})

test('a model that talks on and on is cut short', async () => {
  await using world = await createTestWorld()
  const said = vi.fn<() => void>()
  const { actor, of, conversationId } = await answered(world, function* () {
    for (;;) {
      said()
      yield { type: 'text', text: 'bread and butter ' }
    }
  })
  await generateTitle(world.deps, of, never)
  expect(said.mock.calls.length).toBeLessThan(50)
  expect((await getConversation(world.deps, actor, conversationId)).title.length).toBeLessThan(90)
})

test('a stop is passed on to the model, and leaves the title to another run', async () => {
  await using world = await createTestWorld()
  const stop = new AbortController()
  const { actor, of, conversationId } = await answered(world, () => stallsAfter('Bak', stop.signal))
  const asking = generateTitle(world.deps, of, stop.signal)
  stop.abort(new Error('draining'))
  await expect(asking).rejects.toThrow('draining')
  expect((await getConversation(world.deps, actor, conversationId)).titleSource).toBe('prompt')
})

test("nothing is done for a conversation that is gone, or another's", async () => {
  await using world = await createTestWorld()
  const { actor, of, conversationId } = await answered(world, () => says('Baking bread'))
  const stranger = await world.newActor()
  const foreign = { ...of, ownerId: stranger.userId }
  await generateTitle(world.deps, foreign, never)
  expect(await settleTitle(world.deps.db, foreign, 'Mine now')).toBe(false)
  await deleteConversation(world.deps, actor, conversationId)
  await generateTitle(world.deps, of, never)
  expect(world.provider.requests).toHaveLength(1)
})
