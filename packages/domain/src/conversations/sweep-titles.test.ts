import type { ConversationId } from '@kickstartmyai/contract'
import { expect, test, vi } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { generateTitleJob } from '../jobs/generate-title-job.ts'
import { sweepTitlesJob } from '../jobs/sweep-titles-job.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { says } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { getConversation } from './get-conversation.ts'
import { createTitleRequests } from './request-titles.ts'
import { sweepTitles } from './sweep-titles.ts'
import { titleWorkers } from './title-workers.ts'
import { updateConversation } from './update-conversation.ts'

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 })
const atOnce = { afterMs: 0, withinMs: 60_000, limit: 10 }

const titleOf = async (deps: Deps, actor: Actor, id: ConversationId) => (await getConversation(deps, actor, id)).title

async function answer(world: TestWorld, actor: Actor): Promise<ConversationId> {
  const { conversationId, execution } = await beginConversation(world.deps, actor, 'How do I bake bread?')
  await readAll(world.deps, actor, execution.id)
  return conversationId
}

test('an answer that is complete leads to a title by itself, asked for once', async () => {
  let answered: (row: Parameters<Deps['onAnswered']>[0]) => void = () => {}
  await using world = await createTestWorld({ deps: { onAnswered: (row) => answered(row) } })
  const actor = await world.newActor()
  world.provider.play(
    () => says('Water, flour and salt.'),
    () => says('Baking bread'),
  )
  const jobs = await world.openJobs(titleWorkers)
  answered = createTitleRequests(world.deps)
  jobs.start()
  await soon(() => jobs.send(sweepTitlesJob, {}))
  world.engine.start()
  const conversationId = await answer(world, actor)
  await soon(async () => expect(await titleOf(world.deps, actor, conversationId)).toBe('Baking bread'))
  expect(world.provider.requests).toHaveLength(2)
})

test('titles that a crash left out are found by the sweep: recent ones, some at a time, and nothing else', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  world.provider.play(() => says('Water, flour and salt.'))
  world.engine.start()
  // Nobody hears of these answers: as if their process had died right after it stored them.
  const forgotten = [await answer(world, actor), await answer(world, actor)]
  const renamed = await answer(world, actor)
  await updateConversation(world.deps, actor, { conversationId: renamed, title: 'My bread' })
  const jobs = await world.openJobs(titleWorkers)
  jobs.start()

  await soon(async () => expect(await sweepTitles(world.deps, { ...atOnce, afterMs: 60_000 })).toBe(0))
  expect(await sweepTitles(world.deps, { ...atOnce, withinMs: 0 })).toBe(0)
  world.provider.play(() => says('Baking bread'))
  await soon(async () => expect(await sweepTitles(world.deps, { ...atOnce, limit: 1 })).toBe(1))
  await soon(async () => expect(await sweepTitles(world.deps, atOnce)).toBe(0))
  for (const id of forgotten) expect(await titleOf(world.deps, actor, id)).toBe('Baking bread')
  expect(await titleOf(world.deps, actor, renamed)).toBe('My bread')
  expect(world.provider.requests).toHaveLength(5)
})

test('a title whose job was given up is not asked for for ever: the prompt stays', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  world.engine.start()
  const conversationId = await answer(world, actor)
  const jobs = await world.openJobs(titleWorkers)
  const finding = titleWorkers(world.deps).find(({ job }) => job.name === generateTitleJob.name)
  await finding?.giveUp({ conversationId, ownerId: actor.userId })
  expect(await getConversation(world.deps, actor, conversationId)).toMatchObject({ titleSource: 'kept' })
  jobs.start()
  await soon(() => jobs.send(sweepTitlesJob, {}))
  expect(await sweepTitles(world.deps, atOnce)).toBe(0)
})
