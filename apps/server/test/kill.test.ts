import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startModelServer } from '@kickstartmyai/ai/testing'
import { createPostgresTestDatabase } from '@kickstartmyai/db/testing'
import { afterEach, expect, test } from 'vitest'
import { asPerson, newPerson } from './person.ts'
import { startProcess } from './server-process.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** The database of a process that is going to die: a data directory, or a server's where one is given for tests. */
async function lastingDatabase(): Promise<NodeJS.ProcessEnv> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-kill-'))
  cleanUps.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const serverUrl = process.env['TEST_DATABASE_URL']
  if (!serverUrl) return { DATA_DIR: dataDir }
  const database = await createPostgresTestDatabase(serverUrl)
  cleanUps.push(() => database.close())
  return {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: 'the same secret for every replica, long enough',
  }
}

async function startModels() {
  const models = await startModelServer()
  cleanUps.push(() => models[Symbol.asyncDispose]())
  return { OPENAI_API_KEY: 'test-key', OPENAI_BASE_URL: `${models.url}/v1` }
}

test('killed with kill -9 in mid-stream and started again: nothing is missing, nothing runs for ever', async () => {
  const env = { ...(await lastingDatabase()), ...(await startModels()) }
  const first = await startProcess(env)
  cleanUps.push(() => first.stop('SIGKILL'))
  const person = await newPerson(first.url)
  const conversation = (await person.call('POST', '/conversations', {})).body.id
  const sent = await person.call('POST', `/conversations/${conversation}/messages`, {
    content: 'A long story, please. [[tokens 100]] [[pace 10]]',
  })
  const before = await person.follow(sent.body.execution.id, { until: ({ id }) => id === 30 })
  await first.stop('SIGKILL')

  const second = await startProcess(env)
  cleanUps.push(() => second.stop('SIGKILL'))
  const again = asPerson(second.url, person.accessToken)
  const after = await again.follow(sent.body.execution.id, { lastEventId: before.at(-1)?.id ?? 0 })

  const all = [...before, ...after]
  expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1))
  expect(after.find(({ event }) => event === 'attempt.started')?.data).toMatchObject({ attempt: 2 })
  expect(after.at(-1)?.event).toBe('execution.completed')
  const resumed = all.slice(all.findLastIndex(({ event }) => event === 'attempt.started'))
  const text = resumed.map(({ event, data }) => (event === 'text.delta' ? String(data['text']) : '')).join('')
  const { items } = (await again.call('GET', `/conversations/${conversation}/messages`)).body
  expect(items.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant'])
  expect(items[1].content).toBe(text)
})

test('a second process on the same data directory is refused, in words', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-lock-'))
  cleanUps.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const first = await startProcess({ DATA_DIR: dataDir })
  cleanUps.push(() => first.stop('SIGKILL'))
  await expect(startProcess({ DATA_DIR: dataDir })).rejects.toThrow(
    /in use by another KickStartMyAI process \(pid \d+\)/,
  )
  await first.stop('SIGKILL')
  const next = await startProcess({ DATA_DIR: dataDir })
  expect(await next.stop('SIGTERM')).toBe(0)
})

test.for(['SIGINT', 'SIGTERM'] as const)(
  '%s drains: a short answer is finished, and the exit code is 0',
  async (signal) => {
    const env = { ...(await lastingDatabase()), ...(await startModels()) }
    const server = await startProcess(env)
    const person = await newPerson(server.url)
    const conversation = (await person.call('POST', '/conversations', {})).body.id
    const sent = await person.call('POST', `/conversations/${conversation}/messages`, {
      content: '[[tokens 30]] [[pace 20]]',
    })
    const reading = person.follow(sent.body.execution.id)
    await person.follow(sent.body.execution.id, { until: ({ event }) => event === 'text.delta' })
    expect(await server.stop(signal)).toBe(0)
    expect((await reading).at(-1)?.event).toBe('execution.completed')
  },
)

test('bad configuration stops the start, and all of it is listed at once without its values', async () => {
  const start = startProcess({ PORT: 'seventy', DATABASE_URL: 'mysql://user:hunter2@host/db', AUTH_SECRET: 'hunter2' })
  const error = await start.then(
    () => new Error('it started'),
    (reason: Error) => reason,
  )
  expect(error.message).toMatch(/PORT[\s\S]*DATABASE_URL[\s\S]*AUTH_SECRET/)
  expect(error.message).not.toContain('hunter2')
})
