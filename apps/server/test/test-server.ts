import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ModelServer, startModelServer } from '@kickstartmyai/ai/testing'
import type { Db } from '@kickstartmyai/db'
import { createTestDatabase } from '@kickstartmyai/db/testing'
import { pino } from 'pino'
import { prepareJobs } from './prepare-jobs.ts'
import { readEnv } from '../src/env.ts'
import { startServer } from '../src/start-server.ts'

export interface TestServer extends AsyncDisposable {
  url: string
  /** Everything that it answers at, as `GET /path`. */
  routes: string[]
  db: Db
  /** Plays OpenAI and Anthropic. */
  models: ModelServer
}

/** The whole product in this process, on a port of its own and a database of its own, with played model vendors. */
export async function startTestServer(variables: NodeJS.ProcessEnv = {}): Promise<TestServer> {
  const models = await startModelServer()
  const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-'))
  const env = readEnv({
    PORT: '0',
    DATA_DIR: dataDir,
    DRAIN_SECONDS: '0',
    OPENAI_API_KEY: 'test-key',
    OPENAI_BASE_URL: `${models.url}/v1`,
    ANTHROPIC_API_KEY: 'test-key',
    ANTHROPIC_BASE_URL: models.url,
    // Models are counted and obey what is said to them: titles only where a test is about them.
    TITLE_GENERATION: '0',
    ...variables,
  })
  const database = await createTestDatabase()
  await prepareJobs(database)
  const server = await startServer(env, pino({ level: 'silent' }), database)
  return {
    url: server.url,
    routes: server.routes,
    db: database.db,
    models,
    async [Symbol.asyncDispose]() {
      await server.drain()
      await models[Symbol.asyncDispose]()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
