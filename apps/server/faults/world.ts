import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ModelServer, startModelServer } from '@kickstartmyai/ai/testing'
import { createPostgresTestDatabase } from '@kickstartmyai/db/testing'
import pg from 'pg'
import { prepareJobs } from '../test/prepare-jobs.ts'
import { type ServerProcess, startProcess } from '../test/server-process.ts'
import { type Effects, startEffects } from './effects.ts'
import { startProxy, type TcpProxy } from './tcp-proxy.ts'

/** Servers, their database, the models they ask and the world that their tools change: all of it disposable. */
export interface World extends AsyncDisposable {
  databaseUrl: string
  /** For files that go with the world. */
  folder: string
  models: ModelServer
  effects: Effects
  /** Every server that was started, the dead ones too, in their order. */
  servers: readonly ServerProcess[]
  /** What must not turn up in any log. */
  secrets: Set<string>
  /** Starts one more server. */
  start(variables?: NodeJS.ProcessEnv): Promise<ServerProcess>
  /** A bad network before a port of this machine, which `url` names. */
  proxy(url: string): Promise<TcpProxy>
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** What all worlds of a run have in common. */
export interface Site {
  /** A PostgreSQL server, in which each world has a database of its own. */
  serverUrl: string
  /** Where servers find themselves compiled. */
  compileCache: string
}

export interface WorldOptions {
  /** Servers that run from the start; 2 unless told. */
  replicas?: number
  /** What they are told besides. */
  env?: NodeJS.ProcessEnv
}

const authSecret = 'the secret of the fault suite, the same for every replica'
const keys = { OPENAI_API_KEY: 'openai-key-of-the-fault-suite', ANTHROPIC_API_KEY: 'anthropic-key-of-the-fault-suite' }

export async function createWorld(
  { serverUrl, compileCache }: Site,
  { replicas = 2, env = {} }: WorldOptions = {},
): Promise<World> {
  await using stack = new AsyncDisposableStack()
  const database = await createPostgresTestDatabase(serverUrl)
  stack.defer(() => database.close())
  await prepareJobs(database)
  const models = stack.use(await startModelServer())
  const effects = stack.use(await startEffects())
  const folder = await mkdtemp(join(tmpdir(), 'kickstartmyai-faults-world-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const pool = new pg.Pool({ connectionString: database.url, max: 3, connectionTimeoutMillis: 10_000 })
  pool.on('error', () => {})
  stack.defer(() => pool.end())
  const proxies = stack.use(new AsyncDisposableStack())
  const servers: ServerProcess[] = []
  const starting = new Set<Promise<unknown>>()
  const closing = new AbortController()
  stack.defer(async () => {
    closing.abort(new Error('The world has ended.'))
    await Promise.all([...starting, ...servers.map(({ ended }) => ended)])
  })

  const world: Omit<World, keyof AsyncDisposable> = {
    databaseUrl: database.url,
    folder,
    models,
    effects,
    servers,
    secrets: new Set([authSecret, ...Object.values(keys), new URL(serverUrl).password].filter(Boolean)),
    async start(variables = {}) {
      const all = {
        NODE_ENV: 'test',
        LOG_LEVEL: 'info',
        NODE_COMPILE_CACHE: compileCache,
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        AUTH_SECRET: authSecret,
        OPENAI_BASE_URL: `${models.url}/v1`,
        ANTHROPIC_BASE_URL: models.url,
        EFFECT_URL: effects.url,
        DRAIN_SECONDS: '0',
        // Titles ask the same models; what is counted here is what answers used.
        TITLE_GENERATION: '0',
        ...keys,
        ...env,
        ...variables,
      }
      const started = startProcess(all, closing.signal).then((server) => {
        servers.push(server)
        return server
      })
      const settled = Promise.allSettled([started])
      starting.add(settled)
      return started.finally(() => starting.delete(settled))
    },
    proxy: async (url) => proxies.use(await startProxy(Number(new URL(url).port))),
    sql: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
  }
  await Promise.all(Array.from({ length: replicas }, () => world.start()))
  const owned = stack.move()
  return { ...world, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
