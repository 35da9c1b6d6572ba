import { expect, test } from 'vitest'
import { newPerson, type Person } from './person.ts'
import { startTestServer, type TestServer } from './test-server.ts'

/** Asks an agent of this vendor and gives the last event; the question is in what the vendor was asked. */
async function ask(person: Person, provider: string, content: string) {
  const agent = await person.call('POST', '/agents', { name: 'Agent', provider })
  const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
  const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, { content })
  return (await person.follow(sent.body.execution.id)).at(-1)
}

/** With which keys the vendors were asked this. */
const keysFor = ({ models }: TestServer, content: string) =>
  models.requests
    .filter(({ body }) => JSON.stringify(body).includes(content))
    .map(({ headers }) => headers['authorization'] ?? `Bearer ${String(headers['x-api-key'])}`)

test('who has a key of their own is answered with it, and everybody else with the server’s', async () => {
  await using server = await startTestServer()
  const [ada, bob, eve] = [await newPerson(server.url), await newPerson(server.url), await newPerson(server.url)]
  const put = (person: Person, provider: string, apiKey: string) =>
    person.call('PUT', `/provider-keys/${provider}`, { apiKey })
  expect(await put(ada, 'openai', 'sk-of-ada-0000000ada')).toMatchObject({ status: 200, body: { lastFour: '0ada' } })
  expect((await put(bob, 'openai', 'sk-of-bob-0000000bob')).status).toBe(200)
  expect((await put(ada, 'anthropic', 'sk-ant-of-ada-000ada')).status).toBe(200)
  await Promise.all([
    ask(ada, 'openai', 'Ada to OpenAI'),
    ask(bob, 'openai', 'Bob to OpenAI'),
    ask(eve, 'openai', 'Eve to OpenAI'),
    ask(ada, 'anthropic', 'Ada to Anthropic'),
    ask(bob, 'anthropic', 'Bob to Anthropic'),
  ])
  expect(keysFor(server, 'Ada to OpenAI')).toEqual(['Bearer sk-of-ada-0000000ada'])
  expect(keysFor(server, 'Bob to OpenAI')).toEqual(['Bearer sk-of-bob-0000000bob'])
  expect(keysFor(server, 'Eve to OpenAI')).toEqual(['Bearer test-key'])
  expect(keysFor(server, 'Ada to Anthropic')).toEqual(['Bearer sk-ant-of-ada-000ada'])
  expect(keysFor(server, 'Bob to Anthropic')).toEqual(['Bearer test-key'])

  // Changed, then deleted.
  await put(ada, 'openai', 'sk-of-ada-0000000new')
  await ask(ada, 'openai', 'Ada again')
  expect((await ada.call('DELETE', '/provider-keys/openai')).status).toBe(204)
  await ask(ada, 'openai', 'Ada at last')
  expect(keysFor(server, 'Ada again')).toEqual(['Bearer sk-of-ada-0000000new'])
  expect(keysFor(server, 'Ada at last')).toEqual(['Bearer test-key'])
})

test('nothing gives a stored key back, and a refused one is named as whose it is', async () => {
  await using server = await startTestServer()
  const [ada, eve] = [await newPerson(server.url), await newPerson(server.url)]
  const apiKey = 'sk-of-ada-hidden-0000wxyz'
  const answers = [
    await ada.call('PUT', '/provider-keys/openai', { apiKey }),
    await ada.call('GET', '/provider-keys'),
    await ada.call('PUT', '/provider-keys/openai', { apiKey: `${apiKey} with a space` }),
    await ada.call('PUT', '/provider-keys/openai', { apiKey, baseUrl: 'http://169.254.169.254' }),
    await ada.call('PUT', '/provider-keys/demo', { apiKey }),
    await eve.call('GET', '/provider-keys'),
    await eve.call('DELETE', '/provider-keys/openai'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 400, 400, 200, 404])
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('hidden')
  expect(answers[1]?.body.items).toMatchObject([{ provider: 'openai', lastFour: 'wxyz' }])
  expect(answers[5]?.body.items).toEqual([])

  const own = await ask(ada, 'openai', 'Hello [[status 401]]')
  expect(own?.data['error']).toMatchObject({ message: expect.stringContaining('The key is your own') })
  const shared = await ask(eve, 'openai', 'Hello [[status 401]]')
  expect(shared?.data['error']).toMatchObject({ message: expect.stringContaining('The key is the one of this server') })
  expect(JSON.stringify([own, shared])).not.toContain('hidden')
})
