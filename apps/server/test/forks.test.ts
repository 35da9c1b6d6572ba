import { expect, test } from 'vitest'
import { newPerson, type Person } from './person.ts'
import { startTestServer } from './test-server.ts'

/** A run that fails after a tool has run. */
async function failed(person: Person) {
  const agent = await person.call('POST', '/agents', { name: 'Counter', provider: 'openai', tools: ['calculator'] })
  const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
  const path = `/conversations/${conversation.body.id}/messages`
  const content = '[[tool calculator {"expression":"17*23"}]] [[tokens 5000]] [[pace 20]]'
  const { body } = await person.call('POST', path, { content })
  const executionId = String(body.execution.id)
  await person.follow(executionId, { until: ({ event }) => event === 'tool.completed' })
  await person.call('POST', `/executions/${executionId}/cancel`)
  await person.follow(executionId)
  return { executionId, path }
}

test('a run that was stopped is tried again over REST, once for a key, and by nobody else', async () => {
  await using server = await startTestServer()
  const [person, stranger] = [await newPerson(server.url), await newPerson(server.url)]
  const { executionId, path } = await failed(person)
  const key = { 'idempotency-key': 'again' }
  const retry = (who: Person) => who.call('POST', `/executions/${executionId}/retry`, {}, key)
  expect(await retry(stranger)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  const [first, second] = [await retry(person), await retry(person)]
  expect(first).toMatchObject({
    status: 202,
    body: { execution: { status: 'queued', origin: { kind: 'retry', executionId, step: 1, change: null } } },
  })
  expect(second.body.execution.id).toBe(first.body.execution.id)
  const retried = String(first.body.execution.id)
  const early = await person.call('POST', `/executions/${retried}/retry`)
  expect(early).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })

  await person.follow(retried, { until: ({ event }) => event === 'text.delta' })
  await person.call('POST', `/executions/${retried}/cancel`)
  const events = await person.follow(retried)
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
  expect(events.find(({ event }) => event === 'tool.completed')?.data['output']).toMatchObject({ result: 391 })
  const messages = await person.call('GET', path)
  expect(messages.body.items.at(-1)).toMatchObject({ executionId: retried, complete: false })
})

test('a run is forked over REST with another prompt, and replayed', async () => {
  await using server = await startTestServer()
  const [person, stranger] = [await newPerson(server.url), await newPerson(server.url)]
  const { executionId, path } = await failed(person)
  const fork = { atStep: 0, change: { prompt: 'Say hello' } }
  const refused = await stranger.call('POST', `/executions/${executionId}/fork`, fork)
  expect(refused).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  const forked = await person.call('POST', `/executions/${executionId}/fork`, fork)
  const origin = { kind: 'fork', step: 0, change: { prompt: [{ type: 'text', text: 'Say hello' }] } }
  expect(forked).toMatchObject({ status: 202, body: { message: { content: 'Say hello' }, execution: { origin } } })
  const id = String(forked.body.execution.id)
  expect((await person.follow(id)).at(-1)?.event).toBe('execution.completed')
  const messages = await person.call('GET', path)
  expect(messages.body.items.at(-1)).toMatchObject({ executionId: id, parentMessageId: forked.body.message.id })
  for (const atStep of [2, 'first']) {
    const wrong = await person.call('POST', `/executions/${executionId}/fork`, { ...fork, atStep })
    expect(wrong).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'atStep' }] } } } })
  }

  expect(await stranger.call('POST', `/executions/${id}/replay`)).toMatchObject({ status: 404 })
  const replayed = await person.call('POST', `/executions/${id}/replay`)
  expect(replayed).toMatchObject({ status: 200, body: { identical: true, steps: 1, unrecorded: 0 } })
})

test('an agent that refuses messages while it answers says so over REST', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const agent = await person.call('POST', '/agents', { name: 'Busy', whenBusy: 'refuse' })
  expect(agent.body).toMatchObject({ whenBusy: 'refuse' })
  const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
  const path = `/conversations/${conversation.body.id}/messages`
  const sent = await person.call('POST', path, { content: '[[tokens 5000]] [[pace 20]]' })
  const busy = await person.call('POST', path, { content: 'And now?' })
  expect(busy).toMatchObject({ status: 409, body: { error: { code: 'CONVERSATION_BUSY' } } })
  await person.call('POST', `/executions/${sent.body.execution.id}/cancel`)
  await person.follow(sent.body.execution.id)
  expect((await person.call('POST', path, { content: 'And now?' })).status).toBe(202)
})
