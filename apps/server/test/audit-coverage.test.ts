import { appRouter } from '@kickstartmyai/api'
import { expect, test } from 'vitest'
import { auditedAccounts, exemptAccounts } from './audited-accounts.ts'
import type { Call, Deed, Stage } from './audited-deed.ts'
import { asPerson, newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

const anAgent = async ({ person }: Stage) => (await person.call('POST', '/agents', { name: 'Agent' })).body.id
const aGroup = async ({ person }: Stage) =>
  (await person.call('POST', '/groups', { name: crypto.randomUUID() })).body.id
const myId = async ({ person }: Stage) => (await person.call('GET', '/auth/me')).body.id
const aConversation = async ({ person }: Stage) => (await person.call('POST', '/conversations', {})).body.id
/** Shares a thing with everyone; gives the path of the share. */
const shared = async ({ person }: Stage, path: string) => {
  await person.call('PUT', `${path}/shares/everyone`, { level: 'viewer' })
  return `${path}/shares/everyone`
}
const account = { email: 'audited@example.com', password: 'a long password' }

/** Every mutation that matters for security, by its name in the router, and one way to do it. */
const audited: Record<string, Deed> = {
  ...auditedAccounts,
  'apiKeys.create': {
    action: 'api_key.created',
    run: (call) => call('POST', '/api-keys', { name: 'Key', scopes: ['agents:read'] }),
  },
  'apiKeys.delete': {
    action: 'api_key.deleted',
    async run(call, { person }) {
      const { body } = await person.call('POST', '/api-keys', { name: 'Key', scopes: ['agents:read'] })
      return call('DELETE', `/api-keys/${body.id}`)
    },
  },
  'groups.create': { action: 'group.created', run: (call) => call('POST', '/groups', { name: 'First' }) },
  'groups.update': {
    action: 'group.updated',
    run: async (call, stage) => call('PATCH', `/groups/${await aGroup(stage)}`, { name: 'Renamed' }),
  },
  'groups.delete': {
    action: 'group.deleted',
    run: async (call, stage) => call('DELETE', `/groups/${await aGroup(stage)}`),
  },
  'groups.addMember': {
    action: 'group.member_added',
    run: async (call, stage) => call('PUT', `/groups/${await aGroup(stage)}/members/${await myId(stage)}`, {}),
  },
  'groups.removeMember': {
    action: 'group.member_removed',
    async run(call, stage) {
      const path = `/groups/${await aGroup(stage)}/members/${await myId(stage)}`
      await stage.person.call('PUT', path, {})
      return call('DELETE', path)
    },
  },
  'agents.create': { action: 'agent.created', run: (call) => call('POST', '/agents', { name: 'New' }) },
  'agents.update': {
    action: 'agent.updated',
    run: async (call, stage) => call('PATCH', `/agents/${await anAgent(stage)}`, { name: 'Other' }),
  },
  'agents.delete': {
    action: 'agent.deleted',
    run: async (call, stage) => call('DELETE', `/agents/${await anAgent(stage)}`),
  },
  'agents.share': {
    action: 'share.granted',
    run: async (call, stage) => call('PUT', `/agents/${await anAgent(stage)}/shares/everyone`, { level: 'viewer' }),
  },
  'agents.unshare': {
    action: 'share.withdrawn',
    run: async (call, stage) => call('DELETE', await shared(stage, `/agents/${await anAgent(stage)}`)),
  },
  'conversations.share': {
    action: 'share.granted',
    run: async (call, stage) =>
      call('PUT', `/conversations/${await aConversation(stage)}/shares/everyone`, { level: 'viewer' }),
  },
  'conversations.unshare': {
    action: 'share.withdrawn',
    run: async (call, stage) => call('DELETE', await shared(stage, `/conversations/${await aConversation(stage)}`)),
  },
  'auth.register': { action: 'user.registered', run: (call) => call('POST', '/auth/register', account) },
  'auth.login': {
    action: 'session.opened',
    async run(call, { person }) {
      const fresh = { ...account, email: 'signed-in@example.com' }
      await person.call('POST', '/auth/register', fresh)
      return call('POST', '/auth/login', fresh)
    },
  },
  'conversations.delete': {
    action: 'conversation.deleted',
    async run(call, { person }) {
      const { body } = await person.call('POST', '/conversations', {})
      return call('DELETE', `/conversations/${body.id}`)
    },
  },
  'executions.approve': {
    action: 'step.approved',
    async run(call, { person, server }) {
      const tools = [{ name: 'calculator', policy: 'ask' }]
      const agent = await person.call('POST', '/agents', { name: 'Asks', provider: 'openai', tools })
      const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
      server.models.script({ calls: [{ name: 'calculator', input: { expression: '1+1' } }] })
      const content = 'Calculate.'
      const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, { content })
      const { id } = sent.body.execution
      const asked = await person.follow(id, { until: ({ event }) => event === 'approval.requested' })
      return call('POST', `/executions/${id}/approve`, { stepId: asked.at(-1)?.data['stepId'], decision: 'approve' })
    },
  },
  'providerKeys.set': {
    action: 'provider_key.set',
    run: (call) => call('PUT', '/provider-keys/openai', { apiKey: 'sk-0000000000000001' }),
  },
  'providerKeys.delete': {
    action: 'provider_key.deleted',
    async run(call, { person }) {
      await person.call('PUT', '/provider-keys/anthropic', { apiKey: 'sk-0000000000000001' })
      return call('DELETE', '/provider-keys/anthropic')
    },
  },
}

const ownWork = 'a person’s own work, which is kept with who did it and when'

/** Every other mutation, and why the log need not tell of it. */
const exempt: Record<string, string> = {
  ...exemptAccounts,
  'auth.refresh': 'goes on with a session that is in the log; the session itself keeps when it was used last',
  'conversations.create': ownWork,
  'conversations.update': ownWork,
  'conversations.send': ownWork,
  'executions.cancel': ownWork,
  'executions.retry': ownWork,
  'executions.fork': ownWork,
  'executions.replay': 'changes nothing',
}

const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
const mutations = Object.entries(procedures).flatMap(([name, { _def }]) => (_def.type === 'mutation' ? [name] : []))

test('every mutation is in the audit log or is exempt for a reason', () => {
  const declared = [...Object.keys(audited), ...Object.keys(exempt)]
  expect(
    mutations.filter((name) => !declared.includes(name)),
    'neither audited nor exempt',
  ).toEqual([])
  expect(
    declared.filter((name) => !mutations.includes(name)),
    'no such mutation',
  ).toEqual([])
  expect(new Set(declared).size).toBe(declared.length)
})

test('every audited mutation really writes its entry, with who did it and from where', async () => {
  await using server = await startTestServer({ SETUP_TOKEN: 'the token of the set-up' })
  const person = await newPerson(server.url)
  // An administrator may do all of it.
  await server.db.updateTable('users').set({ role: 'admin' }).execute()
  for (const [name, { action, run }] of Object.entries(audited)) {
    const requestId = name.replaceAll('.', '-')
    const headers = { 'x-request-id': requestId }
    const call: Call = (method, path, body) =>
      asPerson(server.url, person.accessToken).call(method, path, body, headers)
    await run(call, { server, person, headers })
    const entries = await server.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('request_id', '=', requestId)
      .execute()
    expect(
      entries.map((entry) => entry.action),
      name,
    ).toContain(action)
    expect(
      entries.every(({ address }) => address !== null),
      name,
    ).toBe(true)
  }
})
