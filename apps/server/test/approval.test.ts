import { expect, test } from 'vitest'
import { newPerson, type Person } from './person.ts'
import { startTestServer } from './test-server.ts'

/** A person whose agent must ask before it counts, and what it asked. */
async function asked(url: string) {
  const person = await newPerson(url)
  const tools = [{ name: 'calculator', policy: 'ask' }]
  const agent = await person.call('POST', '/agents', { name: 'Counter', provider: 'demo', tools })
  expect(agent).toMatchObject({ status: 201, body: { tools } })
  const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
  const path = `/conversations/${conversation.body.id}/messages`
  const executionId: string = (await person.call('POST', path, { content: 'What is 17*23?' })).body.execution.id
  const events = await person.follow(executionId, { until: ({ event }) => event === 'approval.requested' })
  const question = events.at(-1)!
  const status = async () => (await person.call('GET', `/executions/${executionId}`)).body.status
  await expect.poll(status, { timeout: 10_000 }).toBe('waiting')
  const decide = (decision: unknown, by: Person = person, stepId = question.data['stepId']) =>
    by.call('POST', `/executions/${executionId}/approve`, { stepId, decision })
  return { person, path, executionId, question, decide }
}

test('a tool call is held, allowed over REST, and the answer goes on', async () => {
  await using server = await startTestServer()
  const { person, path, executionId, question, decide } = await asked(server.url)
  expect(question.data).toMatchObject({ name: 'calculator', callId: expect.any(String), stepId: expect.any(String) })
  const { items } = (await person.call('GET', `/executions/${executionId}/steps`)).body
  expect(items.at(-1)).toMatchObject({
    id: question.data['stepId'],
    state: 'awaiting',
    decision: null,
    decidedAt: null,
  })

  const whole = person.follow(executionId)
  expect(await decide('approve')).toMatchObject({ status: 200, body: { id: executionId } })
  const events = await whole
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
  expect(events.find(({ event }) => event === 'approval.decided')?.data).toMatchObject({ decision: 'approve' })
  expect(events.find(({ event }) => event === 'tool.completed')?.data['output']).toMatchObject({ result: 391 })
  expect(events.at(-1)?.event).toBe('execution.completed')
  expect((await person.call('GET', path)).body.items.at(-1).content).toContain('391')
  expect(await decide('approve')).toMatchObject({ status: 200, body: { status: 'completed' } })
  expect(await decide('deny')).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })
})

test('a denied call is told to the model, which answers without it', async () => {
  await using server = await startTestServer()
  const { person, executionId, decide } = await asked(server.url)
  expect((await decide('deny')).status).toBe(200)
  const events = await person.follow(executionId)
  expect(events.find(({ event }) => event === 'tool.failed')?.data).toMatchObject({ error: { code: 'DENIED' } })
  expect(events.at(-1)?.event).toBe('execution.completed')
})

test('nobody else decides, nonsense is refused, and a stopped execution takes no decision', async () => {
  await using server = await startTestServer()
  const { person, executionId, decide } = await asked(server.url)
  const stranger = await newPerson(server.url)
  expect(await decide('approve', stranger)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  expect(await decide('approve', person, executionId)).toMatchObject({ status: 404 })
  expect(await decide('perhaps')).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } })
  expect(await person.call('POST', `/executions/${executionId}/cancel`)).toMatchObject({
    status: 200,
    body: { status: 'cancelled' },
  })
  expect(await decide('approve')).toMatchObject({ status: 409, body: { error: { code: 'EXECUTION_ENDED' } } })
})
