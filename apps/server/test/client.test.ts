import { ClientError, createClient, emptyExecutionState, foldExecution, memorySession } from '@kickstartmyai/client'
import { expect, test } from 'vitest'
import { startTestServer } from './test-server.ts'

const password = 'a long password'

async function signedIn(url: string) {
  const api = createClient({ url, session: memorySession() })
  const session = await api.auth.register({ email: `${crypto.randomUUID()}@example.com`, password })
  return { api, session }
}

test.for(['openai', 'anthropic'] as const)(
  'a chat with a tool call through the typed client, answered by %s',
  async (provider) => {
    await using server = await startTestServer()
    const { api } = await signedIn(server.url)
    const agent = await api.agents.create({ name: 'Counter', provider, tools: ['calculator'] })
    const conversation = await api.conversations.create({ agentId: agent.id })
    const content = '[[tool calculator {"expression":"17*23"}]]'
    const { execution } = await api.conversations.send({ conversationId: conversation.id, content })

    let state = emptyExecutionState
    for await (const event of api.executions.follow(execution.id)) state = foldExecution(state, event)
    const { items } = await api.conversations.messages({ conversationId: conversation.id })
    expect(state.status).toBe('completed')
    expect(state.parts).toEqual(items[1]?.parts)
    expect(items[1]?.content).toContain('391')
  },
)

test('an access token that has expired is renewed once for many calls, without anyone noticing', async () => {
  await using server = await startTestServer()
  const storage = memorySession()
  const api = createClient({ url: server.url, session: storage })
  const session = await api.auth.register({ email: `${crypto.randomUUID()}@example.com`, password })
  await storage.save({ accessToken: 'spent.access.token', refreshToken: session.refreshToken })
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.auth.me()))
  expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([session.user.id]))
})

test('a send whose answer is lost on the way is one send, with the ids of the first', async () => {
  await using server = await startTestServer()
  const arrived: unknown[] = []
  let lost = 0
  const lossy: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (!String(input instanceof Request ? input.url : input).includes('conversations.send')) return response
    arrived.push(await response.clone().json())
    if (lost++ < 2) throw new TypeError('fetch failed')
    return response
  }
  const api = createClient({ url: server.url, session: memorySession(), fetch: lossy })
  await api.auth.register({ email: `${crypto.randomUUID()}@example.com`, password })
  const { id: conversationId } = await api.conversations.create()
  const { message, execution } = await api.conversations.send({ conversationId, content: 'Hello' })
  const ids = { message: { id: message.id }, execution: { id: execution.id } }
  expect(arrived).toMatchObject(Array.from({ length: 3 }, () => ({ result: { data: ids } })))
  for await (const _ of api.executions.follow(execution.id));
  const { items } = await api.conversations.messages({ conversationId })
  expect(items.map(({ role }) => role)).toEqual(['user', 'assistant'])
})

test('a refusal is a typed error with the code, the fields and the request id', async () => {
  await using server = await startTestServer()
  const { api } = await signedIn(server.url)
  const error = await api.agents.create({ name: '' }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ClientError)
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED', status: 400, details: { issues: [{ path: 'name' }] } })
})

test('the same events come by tRPC subscription, resumable by the last event id', async () => {
  await using server = await startTestServer()
  const { api, session } = await signedIn(server.url)
  const { id: conversationId } = await api.conversations.create()
  const { execution } = await api.conversations.send({ conversationId, content: 'Hello' })
  const followed = []
  for await (const event of api.executions.follow(execution.id)) followed.push(event)

  const read = async (input: object) => {
    const url = `${server.url}/trpc/executions.follow?input=${encodeURIComponent(JSON.stringify(input))}`
    const response = await fetch(url, { headers: { authorization: `Bearer ${session.accessToken}` } })
    const text = await response.text()
    return [...text.matchAll(/^data: (\{"type".*\})$/gm)].map((match) => JSON.parse(match[1] ?? '') as { seq: number })
  }
  expect(await read({ executionId: execution.id })).toEqual(followed)
  expect(await read({ executionId: execution.id, lastEventId: 4 })).toEqual(followed.slice(4))
})
