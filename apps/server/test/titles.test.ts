import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startModelServer } from '@kickstartmyai/ai/testing'
import { createPostgresTestDatabase, testServerUrl } from '@kickstartmyai/db/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import { asPerson, newPerson } from './person.ts'
import { startProcess } from './server-process.ts'
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

test('a title that is looked for at SIGTERM is let go at the vendor, and found after the next start', async () => {
  await using models = await startModelServer()
  await using database = await createLastingDatabase()
  const env = {
    ...database.env,
    OPENAI_API_KEY: 'test-key',
    OPENAI_BASE_URL: `${models.url}/v1`,
    DRAIN_SECONDS: '1',
    TITLE_GENERATION: '1',
  }
  models.script({ text: 'Because of the moon.' }, { text: 'Mo', fault: { type: 'stall', after: 0 } }, { text: 'Tides' })
  const first = await startProcess(env)
  onTestFinished(() => void first.stop('SIGKILL'))
  const person = await newPerson(first.url)
  const { id } = (await person.call('POST', '/conversations', {})).body
  await person.call('POST', `/conversations/${id}/messages`, { content: 'How do tides work?' })
  await soon(() => expect(models.requests).toHaveLength(2))
  expect(await first.stop('SIGTERM')).toBe(0)
  await soon(() => expect(models.openRequests).toBe(0))

  const second = await startProcess(env)
  onTestFinished(() => void second.stop('SIGKILL'))
  const again = asPerson(second.url, person.accessToken)
  await soon(async () => expect((await again.call('GET', `/conversations/${id}`)).body.title).toBe('Tides'))
  expect(models.requests).toHaveLength(3)
  await second.stop('SIGTERM')
}, 120_000)

/** What a process needs to find the database of the one before it. */
async function createLastingDatabase(): Promise<{ env: NodeJS.ProcessEnv } & AsyncDisposable> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-titles-'))
  const serverUrl = testServerUrl()
  const database = serverUrl ? await createPostgresTestDatabase(serverUrl) : null
  const secret = 'the same secret for every replica, long enough'
  return {
    env: {
      DATA_DIR: dataDir,
      ...(database && { DATABASE_URL: database.url, AUTH_SECRET: secret, MIGRATE_ON_START: '1' }),
    },
    async [Symbol.asyncDispose]() {
      await database?.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
