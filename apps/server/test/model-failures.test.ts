import { expect, test } from 'vitest'
import { newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

const failures = [
  ['[[status 401]]', 'MODEL_AUTH_FAILED'],
  ['[[quota]]', 'MODEL_QUOTA_EXCEEDED'],
  ['[[cut 3]]', 'MODEL_STREAM_CUT'],
  ['[[error-event 3]]', /^MODEL_/],
  ['[[malformed 3]]', 'MODEL_MALFORMED'],
  ['[[empty]]', 'MODEL_EMPTY'],
  ['[[overflow]]', 'MODEL_CONTEXT_OVERFLOW'],
] as const

test.for(['openai', 'anthropic'] as const)(
  'each way in which %s fails ends visibly, and nothing is lost',
  async (provider) => {
    await using server = await startTestServer()
    const person = await newPerson(server.url)
    const agent = await person.call('POST', '/agents', { name: 'Agent', provider })
    for (const [directive, code] of failures) {
      const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
      const path = `/conversations/${conversation.body.id}/messages`
      const sent = await person.call('POST', path, { content: `Please answer. ${directive}` })
      const events = await person.follow(sent.body.execution.id)
      const last = events.at(-1)
      expect(last?.event, directive).toBe('execution.failed')
      const execution = await person.call('GET', `/executions/${sent.body.execution.id}`)
      expect(execution.body.status, directive).toBe('failed')
      expect(execution.body.error.code, directive).toEqual(code instanceof RegExp ? expect.stringMatching(code) : code)
      expect(JSON.stringify(events), directive).not.toContain('test-key')
      const messages = await person.call('GET', path)
      expect(messages.body.items[0].content, directive).toContain('Please answer.')
      const streamed = events.map(({ event, data }) => (event === 'text.delta' ? String(data['text']) : '')).join('')
      expect(messages.body.items[1]?.content ?? '', directive).toBe(streamed)
    }
  },
)

test('a refusal before the first token is tried again', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  for (const status of [429, 500, 529]) {
    const conversation = await person.call('POST', '/conversations', {})
    const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, {
      content: `[[status ${status} times=1]]`,
    })
    expect((await person.follow(sent.body.execution.id)).at(-1)?.event).toBe('execution.completed')
  }
})
