import { expect, test } from 'vitest'
import { newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

/** The text that an event stream's follower has read. */
const textOf = (events: { event: string; data: Record<string, unknown> }[]) =>
  events.map(({ event, data }) => (event === 'text.delta' ? String(data['text']) : '')).join('')

test.for(['openai', 'anthropic', 'demo'] as const)('a chat with a tool call, answered by %s', async (provider) => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const agent = await person.call('POST', '/agents', { name: 'Counter', provider, tools: ['calculator'] })
  expect(agent.status).toBe(201)
  const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
  const ask = provider === 'demo' ? 'What is 17*23?' : '[[tool calculator {"expression":"17*23"}]]'
  const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, { content: ask })
  expect(sent.status).toBe(202)
  const events = await person.follow(sent.body.execution.id)

  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
  expect(events.find(({ event }) => event === 'tool.called')?.data).toMatchObject({ name: 'calculator' })
  expect(events.find(({ event }) => event === 'tool.completed')?.data['output']).toMatchObject({ result: 391 })
  expect(events.at(-1)?.event).toBe('execution.completed')

  const messages = await person.call('GET', `/conversations/${conversation.body.id}/messages`)
  const answer = messages.body.items.at(-1)
  expect(answer).toMatchObject({ role: 'assistant', complete: true, executionId: sent.body.execution.id })
  expect(answer.content).toBe(textOf(events))
  expect(answer.content).toContain('391')
  expect(answer.usage.outputTokens).toBeGreaterThan(0)
})

test('a follower that reconnects with a last event id gets exactly the rest, while it runs and after', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const conversation = await person.call('POST', '/conversations', {})
  const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, {
    content: '[[tokens 60]] [[pace 10]]',
  })
  const executionId = sent.body.execution.id
  const whole = person.follow(executionId)
  const part = await person.follow(executionId, { until: ({ id }) => id === 20 })
  const rest = await person.follow(executionId, { lastEventId: 20 })
  const all = await whole
  expect([...part, ...rest]).toEqual(all)
  expect(await person.follow(executionId, { lastEventId: 33 })).toEqual(all.slice(33))
  expect(await person.follow(executionId, { lastEventId: all.length })).toEqual([])
})

test('stopping closes the upstream socket and keeps what was said', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const conversation = await person.call('POST', '/conversations', {})
  const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, {
    content: '[[tokens 5000]] [[pace 20]]',
  })
  const executionId = sent.body.execution.id
  await person.follow(executionId, { until: ({ event }) => event === 'text.delta' })
  const cancelled = await person.call('POST', `/executions/${executionId}/cancel`)
  expect(cancelled.status).toBe(200)
  const events = await person.follow(executionId)
  expect(events.at(-1)?.event).toBe('execution.cancelled')
  await expect.poll(() => server.models.openRequests).toBe(0)
  const messages = await person.call('GET', `/conversations/${conversation.body.id}/messages`)
  expect(messages.body.items.at(-1)).toMatchObject({ complete: false, content: textOf(events) })
})

test('a follower that goes away stops nothing', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const conversation = await person.call('POST', '/conversations', {})
  const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, {
    content: '[[tokens 50]] [[pace 10]]',
  })
  await person.follow(sent.body.execution.id, { until: ({ event }) => event === 'text.delta' })
  const status = async () => (await person.call('GET', `/executions/${sent.body.execution.id}`)).body.status
  await expect.poll(status, { timeout: 10_000 }).toBe('completed')
})

test('the same Idempotency-Key is one send; with another body it is a conflict', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const conversation = await person.call('POST', '/conversations', {})
  const path = `/conversations/${conversation.body.id}/messages`
  const key = { 'idempotency-key': 'one' }
  const [first, again] = await Promise.all([
    person.call('POST', path, { content: 'Hello' }, key),
    person.call('POST', path, { content: 'Hello' }, key),
  ])
  expect(again.body).toMatchObject({
    message: { id: first.body.message.id },
    execution: { id: first.body.execution.id },
  })
  const other = await person.call('POST', path, { content: 'Other' }, key)
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'IDEMPOTENCY_MISMATCH' } } })
  const messages = await person.call('GET', path)
  expect(messages.body.items.filter(({ role }: { role: string }) => role === 'user')).toHaveLength(1)
})
