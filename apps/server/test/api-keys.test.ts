import { expect, test } from 'vitest'
import { asPerson, newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

test('a key is taken by REST, tRPC and event streams, and reaches as far as its scopes', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const make = async (...scopes: string[]) => {
    const made = await person.call('POST', '/api-keys', { name: 'A program', scopes })
    expect(made.status).toBe(201)
    return { id: made.body.id as string, key: made.body.key as string, as: asPerson(server.url, made.body.key) }
  }
  const whole = await make('*')
  const reader = await make('conversations:read')
  const trpc = async (key: string, path: string, input: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await fetch(`${server.url}/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(input) })
    return response.status
  }

  const conversation = (await whole.as.call('POST', '/conversations', {})).body.id
  const sent = await whole.as.call('POST', `/conversations/${conversation}/messages`, { content: 'Hello' })
  const executionId = sent.body.execution.id
  expect((await whole.as.follow(executionId)).at(-1)?.event).toBe('execution.completed')
  expect(await trpc(whole.key, 'conversations.get', { conversationId: conversation })).toBe(200)

  expect((await reader.as.call('GET', `/conversations/${conversation}`)).status).toBe(200)
  expect(await trpc(reader.key, 'conversations.get', { conversationId: conversation })).toBe(200)
  const lacking = { status: 403, body: { error: { code: 'FORBIDDEN' } } }
  expect(await reader.as.call('DELETE', `/conversations/${conversation}`)).toMatchObject(lacking)
  expect(await trpc(reader.key, 'conversations.delete', { conversationId: conversation })).toBe(403)
  expect(await reader.as.call('GET', `/executions/${executionId}/events`)).toMatchObject(lacking)
  for (const [method, path] of [
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['DELETE', `/api-keys/${reader.id}`],
  ] as const)
    expect(
      await whole.as.call(method, path, method === 'POST' ? { name: 'x', scopes: ['*'] } : undefined),
    ).toMatchObject(lacking)

  expect((await person.call('DELETE', `/api-keys/${whole.id}`)).status).toBe(204)
  expect((await whole.as.call('GET', '/agents')).status).toBe(401)
  expect(await trpc(whole.key, 'agents.list', {})).toBe(401)
  expect((await whole.as.call('GET', `/executions/${executionId}/events`)).status).toBe(401)
})
