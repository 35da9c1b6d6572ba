import { claimExecutions, findExecution } from '@kickstartmyai/db'
import { expect, test } from 'vitest'
import { listMessages } from '../messages/list-messages.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool } from '../testing/guarded-tools.ts'
import { mortalProcess, short } from '../testing/mortal-process.ts'
import { calls, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { defaultEngineSettings } from './engine.ts'
import { getExecution } from './get-execution.ts'
import { scopeOf } from '../policy/scope-of.ts'

const partial = { content: 'Wait for', complete: false }
const told = { type: 'execution.failed', error: { code: 'TIMED_OUT' } }

test('a run that takes too long is timed out, and what it said is kept', async () => {
  await using world = await createTestWorld({ settings: { deadlineMs: 1000 } })
  const actor = await world.newActor()
  let isAborted = false
  world.provider.play((_, signal) => {
    signal.addEventListener('abort', () => (isAborted = true))
    return stallsAfter('Wait for', signal)
  })
  world.engine.start()
  const { execution } = await beginConversation(world.deps, actor)
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.at(-1)).toMatchObject({ ...told, message: partial })
  expect(isAborted).toBe(true)
  expect(await getExecution(world.deps, actor, execution.id)).toMatchObject({
    status: 'timed_out',
    error: { code: 'TIMED_OUT' },
  })
})

test('a run whose time passes while nobody runs it is timed out by whoever takes it up, its text kept', async () => {
  await using world = await createTestWorld({ settings: { ...short, deadlineMs: 1500 } })
  const actor = await world.newActor()
  world.provider.play((_, signal) => stallsAfter('Wait for', signal))
  const { conversationId, execution } = await beginConversation(world.deps, actor)
  const victim = mortalProcess(world)
  victim.engine.start()
  await readAll(world.deps, actor, execution.id, 0, (event) => event.type === 'text.delta')
  victim.kill()
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)
  expect(events.at(-1)).toMatchObject({ ...told, message: partial })
  const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
  expect(items[1]).toMatchObject(partial)
})

test('no model is asked when no time is left', async () => {
  await using world = await createTestWorld()
  const actor = await world.newActor()
  const { execution } = await beginConversation(world.deps, actor)
  const gone = { ...defaultEngineSettings, runningPerUser: 1000, owner: 'gone', leaseMs: 1, deadlineMs: 1 }
  await expect.poll(() => claimExecutions(world.deps.db, gone, 1)).toHaveLength(1)
  world.engine.start()
  const events = await readAll(world.deps, actor, execution.id)
  expect(events).toMatchObject([{ ...told, message: null }])
  expect(world.provider.requests).toHaveLength(0)
})

test('waiting for a person does not use up the time of a run', async () => {
  const { tool } = effectTool()
  await using world = await createTestWorld({ tools: [tool] })
  const actor = await world.newActor()
  world.provider.play(() => calls({ callId: 'a', name: 'send', input: { to: 'Ada' } }))
  const agentId = await agentWith(world.deps, actor, { send: 'ask' })
  world.engine.start()
  const { execution } = await beginConversation(world.deps, actor, 'Send it', agentId)
  const row = () => findExecution(world.deps.db, scopeOf(actor, 'execution.read'), execution.id)
  expect((await row())?.deadline).not.toBeNull()
  await expect.poll(row, { timeout: 30_000 }).toMatchObject({ status: 'waiting', deadline: null })
})
