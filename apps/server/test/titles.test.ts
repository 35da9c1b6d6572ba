import { expect, test, vi } from 'vitest'
import { newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 100 })

test('after its first answer a conversation gets a title, made of what was said', async () => {
  await using server = await startTestServer({
    TITLE_GENERATION: '1',
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
    ANTHROPIC_API_KEY: '',
    ANTHROPIC_BASE_URL: '',
  })
  const person = await newPerson(server.url)
  const { id } = (await person.call('POST', '/conversations', {})).body
  const content = 'Could you please explain to me how tides depend on the moon?'
  const sent = await person.call('POST', `/conversations/${id}/messages`, { content })
  expect((await person.call('GET', `/conversations/${id}`)).body).toMatchObject({
    title: content,
    titleSource: 'prompt',
  })
  await person.follow(sent.body.execution.id)
  await soon(async () => {
    const { body } = await person.call('GET', `/conversations/${id}`)
    expect(body).toMatchObject({ title: 'Explain tides depend moon', titleSource: 'generated' })
  })
})

test('without TITLE_GENERATION the prompt stays, and no model is asked', async () => {
  await using server = await startTestServer({ TITLE_GENERATION: '0' })
  const person = await newPerson(server.url)
  const { id } = (await person.call('POST', '/conversations', {})).body
  const sent = await person.call('POST', `/conversations/${id}/messages`, { content: 'How do tides work?' })
  await person.follow(sent.body.execution.id)
  expect(server.models.requests).toHaveLength(1)
  expect((await person.call('GET', `/conversations/${id}`)).body.title).toBe('How do tides work?')
})
