import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPostgresTestDatabase } from '@kickstartmyai/db/testing'
import { prepareJobs } from '../test/prepare-jobs.ts'
import { startChild } from './child.ts'
import { call, stampReader } from './post.ts'
import type { Subject } from './subject.ts'

/** Conversations of one person: a server has many people. */
const seatsPerPerson = 50

interface Seat {
  token: string
  conversationId: string
}

/**
 * This product, as a process with real HTTP: every message is sent, every token stored before it is seen and followed.
 * `postgresUrl` null: on the embedded database, whose work is then part of the process's.
 */
export async function kickStartMyAI(modelsUrl: string, postgresUrl: string | null): Promise<Subject> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-bench-'))
  const database = postgresUrl === null ? null : await createPostgresTestDatabase(postgresUrl)
  if (database) await prepareJobs(database)
  const child = await startChild(join(import.meta.dirname, '..', 'src', 'main.ts'), [], {
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    // Answers are measured, beside servers that find no titles.
    TITLE_GENERATION: '0',
    AUTH_SECRET: 'a secret for benchmarks, long enough for any',
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: `${modelsUrl}/v1`,
    ...(database && { DATABASE_URL: database.url }),
  })
  const api = `${child.url}/api/v1`
  let seats: Seat[] = []

  return {
    name: database ? 'KickStartMyAI on PostgreSQL' : 'KickStartMyAI, embedded',
    pid: child.pid,
    callsTools: true,
    async prepare(count) {
      seats = []
      for (let from = 0; from < count; from += seatsPerPerson) {
        const size = Math.min(seatsPerPerson, count - from)
        seats.push(...(await takeSeats(api, size)))
      }
    },
    async stream(index, content, onToken) {
      const seat = seats[index]
      if (!seat) throw new Error('prepare more streams first')
      const { token, conversationId } = seat
      const sent = await call('POST', `${api}/conversations/${conversationId}/messages`, { token, body: { content } })
      const { id } = (JSON.parse(sent) as { execution: { id: string } }).execution
      await call('GET', `${api}/executions/${id}/events`, { token, onText: stampReader(onToken) })
    },
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]()
      await database?.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Conversations of a new person. */
async function takeSeats(api: string, count: number): Promise<Seat[]> {
  const account = { email: `${crypto.randomUUID()}@example.com`, password: 'a long password' }
  const session = JSON.parse(await call('POST', `${api}/auth/register`, { body: account })) as { accessToken: string }
  const token = session.accessToken
  const begun = Array.from({ length: count }, async () => {
    const { id } = JSON.parse(await call('POST', `${api}/conversations`, { token, body: {} })) as { id: string }
    return { token, conversationId: id }
  })
  return Promise.all(begun)
}
