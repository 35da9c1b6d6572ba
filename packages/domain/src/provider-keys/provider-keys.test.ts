import { ModelError, type Provider } from '@kickstartmyai/ai'
import type { AgentId } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { createAgent } from '../agents/create-agent.ts'
import type { Vendor } from '../models/own-keys.ts'
import { listModels } from '../models/list-models.ts'
import { sendMessage } from '../messages/send-message.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { calls, says } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { deleteProviderKey } from './delete-provider-key.ts'
import { listProviderKeys } from './list-provider-keys.ts'
import { setProviderKey } from './set-provider-key.ts'

/** A vendor that tells with which keys it was asked, and what it does when it is. */
function playedVendor(answer: (apiKey: string) => ReturnType<typeof says> = () => says('Hello.')) {
  const asked: string[] = []
  const withKey = (apiKey: string): Provider => ({
    name: 'openai',
    models: [],
    model: (id) => ({
      provider: 'openai',
      id,
      async *stream() {
        asked.push(apiKey)
        yield* answer(apiKey)
      },
    }),
  })
  const vendor: Vendor = { name: 'openai', models: [{ id: 'one', label: 'One' }], withKey }
  return { vendor, asked }
}

const agentInput = {
  name: 'Agent',
  description: '',
  systemPrompt: '',
  provider: 'openai',
  model: null,
  temperature: null,
  maxTokens: null,
  maxIterations: 10,
  tools: [{ name: 'calculator', policy: 'allow' }],
  whenBusy: 'queue',
  status: 'active',
} as const

async function anAgent(deps: Deps, actor: Actor): Promise<AgentId> {
  return (await createAgent(deps, actor, { ...agentInput, tools: [...agentInput.tools] })).id
}

const set = (deps: Deps, actor: Actor, apiKey: string) => setProviderKey(deps, actor, { provider: 'openai', apiKey })

test('a person is answered with their own key, and nobody with another’s', async () => {
  const { vendor, asked } = playedVendor()
  await using world = await createTestWorld({ vendors: [vendor] })
  const { deps, engine } = world
  engine.start()
  const [ada, bob, eve] = [await world.newActor(), await world.newActor(), await world.newActor()]
  await set(deps, ada, 'sk-of-ada-00000001')
  await set(deps, bob, 'sk-of-bob-00000001')
  for (const actor of [ada, bob, ada]) {
    const { execution } = await beginConversation(deps, actor, 'Hello', await anAgent(deps, actor))
    expect((await readAll(deps, actor, execution.id)).at(-1)?.type).toBe('execution.completed')
  }
  expect(asked).toEqual(['sk-of-ada-00000001', 'sk-of-bob-00000001', 'sk-of-ada-00000001'])
  const refused = beginConversation(deps, eve, 'Hello', await anAgent(deps, eve))
  await expect(refused).rejects.toMatchObject({ code: 'MODEL_NOT_CONFIGURED' })
  expect(asked).toHaveLength(3)
})

test('their vendors are offered to those who have a key, before the demo', async () => {
  const { vendor, asked } = playedVendor()
  await using world = await createTestWorld({ vendors: [vendor] })
  const { deps } = world
  world.engine.start()
  const [ada, eve] = [await world.newActor(), await world.newActor()]
  await set(deps, ada, 'sk-of-ada-00000001')
  const names = async (actor: Actor) => (await listModels(deps, actor)).items.map(({ provider }) => provider)
  expect(await names(ada)).toEqual(['openai', 'demo'])
  expect(await names(eve)).toEqual(['demo'])
  // The agent that everybody begins with names no provider.
  for (const actor of [ada, eve]) {
    const { execution } = await beginConversation(deps, actor, 'Hello')
    await readAll(deps, actor, execution.id)
  }
  expect(asked).toEqual(['sk-of-ada-00000001'])
  expect(world.provider.requests).toHaveLength(1)
})

test('a key that is changed in mid-run is used from the next step on, and a deleted one is not', async () => {
  let step = 0
  const change = [() => set(deps, ada, 'sk-new-000000000002'), () => deleteProviderKey(deps, ada, 'openai')]
  const { vendor, asked } = playedVendor(() =>
    calls({ callId: `c${step}`, name: 'calculator', input: { expression: '1' } }),
  )
  const original = vendor.withKey
  const changing: Vendor = {
    ...vendor,
    withKey(apiKey) {
      const provider = original(apiKey)
      const model: Provider['model'] = (id) => ({
        ...provider.model(id),
        async *stream(request, options) {
          yield* provider.model(id).stream(request, options)
          await change[step++]?.()
        },
      })
      return { ...provider, model }
    },
  }
  await using world = await createTestWorld({ vendors: [changing] })
  const { deps } = world
  world.engine.start()
  const ada = await world.newActor()
  await set(deps, ada, 'sk-old-000000000001')
  const { execution } = await beginConversation(deps, ada, 'Hello', await anAgent(deps, ada))
  const events = await readAll(deps, ada, execution.id)
  expect(asked).toEqual(['sk-old-000000000001', 'sk-new-000000000002'])
  expect(events.at(-1)).toMatchObject({ type: 'execution.failed', error: { code: 'MODEL_AUTH_FAILED' } })
  expect(JSON.stringify(events)).toContain('your own was deleted')
})

test('a key that the vendor refuses ends the run in words that say whose it was', async () => {
  const { vendor } = playedVendor(() => {
    throw new ModelError('auth_failed', 'OpenAI does not accept the key that it was sent.', { status: 401 })
  })
  const own = await refusal(vendor)
  expect(own).toMatchObject({ code: 'MODEL_AUTH_FAILED', message: expect.stringContaining('The key is your own') })
  expect(own.message).not.toContain('sk-of-ada')
})

async function refusal(vendor: Vendor): Promise<{ code: string; message: string }> {
  await using world = await createTestWorld({ vendors: [vendor] })
  const { deps } = world
  world.engine.start()
  const ada = await world.newActor()
  await set(deps, ada, 'sk-of-ada-00000001')
  const { execution } = await beginConversation(deps, ada, 'Hello', await anAgent(deps, ada))
  const last = (await readAll(deps, ada, execution.id)).at(-1)
  return last?.type === 'execution.failed' ? last.error : { code: 'none', message: '' }
}

test('a key that cannot be opened here ends the run with words, and does not begin it again and again', async () => {
  const { vendor, asked } = playedVendor()
  await using world = await createTestWorld({ vendors: [vendor] })
  const { deps } = world
  world.engine.start()
  const ada = await world.newActor()
  await set(deps, ada, 'sk-of-ada-00000001')
  await deps.db.updateTable('secrets').set({ key_id: 'lost' }).execute()
  const agentId = await anAgent(deps, ada)
  const { execution, conversationId } = await beginConversation(deps, ada, 'Hello', agentId)
  const last = (await readAll(deps, ada, execution.id)).at(-1)
  expect(last).toMatchObject({ type: 'execution.failed', error: { code: 'MODEL_AUTH_FAILED' } })
  expect(JSON.stringify(last)).toContain('cannot be read on this server')
  const { attempts } = await deps.db.selectFrom('executions').select('attempts').executeTakeFirstOrThrow()
  expect(attempts).toBe(1)
  expect(asked).toEqual([])
  // Stored again, it is readable again.
  await set(deps, ada, 'sk-of-ada-00000002')
  const again = await sendMessage(deps, ada, { conversationId, content: [{ type: 'text', text: 'Again' }] })
  expect((await readAll(deps, ada, again.execution.id)).at(-1)?.type).toBe('execution.completed')
})

test('it is written once and shown never again; a row that is moved to another person opens for nobody', async () => {
  const { vendor, asked } = playedVendor()
  await using world = await createTestWorld({ vendors: [vendor] })
  const { deps } = world
  world.engine.start()
  const [ada, eve] = [await world.newActor(), await world.newActor()]
  const shown = await set(deps, ada, 'sk-of-ada-0000wxyz')
  expect(shown).toMatchObject({ provider: 'openai', lastFour: 'wxyz' })
  expect(await listProviderKeys(deps, ada)).toEqual({ items: [shown] })
  expect(await listProviderKeys(deps, eve)).toEqual({ items: [] })
  expect((await setProviderKey(deps, eve, { provider: 'anthropic', apiKey: 'short' })).lastFour).toBe('')
  const stored = JSON.stringify(await deps.db.selectFrom('secrets').selectAll().execute())
  expect(stored).not.toContain('sk-of-ada')

  await deps.db.updateTable('secrets').set({ owner_id: eve.userId }).where('owner_id', '=', ada.userId).execute()
  const { execution } = await beginConversation(deps, eve, 'Hello', await anAgent(deps, eve))
  expect((await readAll(deps, eve, execution.id)).at(-1)?.type).toBe('execution.failed')
  expect(asked).toEqual([])
})

test('what is set and deleted is in the audit log, without the key; what is not there cannot be deleted', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  const ada = await world.newActor()
  await set(deps, ada, 'sk-of-ada-00000001')
  await deleteProviderKey(deps, ada, 'openai')
  await expect(deleteProviderKey(deps, ada, 'openai')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const entries = await deps.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('object_type', '=', 'provider_key')
    .orderBy('id')
    .execute()
  expect(entries.map(({ action, actor_id: by, object_id: of }) => [action, by, of])).toEqual([
    ['provider_key.set', ada.userId, 'openai'],
    ['provider_key.deleted', ada.userId, 'openai'],
  ])
  expect(JSON.stringify(entries)).not.toContain('sk-of')
})
