import { randomUUIDv7 } from 'node:crypto'
import { builtinTools, createToolRegistry, type ToolDefinition } from '@kickstartmyai/ai'
import { createTestDatabase, type TestDatabase } from '@kickstartmyai/db/testing'
import type { Actor } from '../actor.ts'
import { createKeyUse } from '../api-keys/key-use.ts'
import { defaultAccountSettings } from '../auth/account-settings.ts'
import { createTokenVerifier } from '../auth/access-token.ts'
import { defaultAuthSettings } from '../auth/auth-settings.ts'
import { authenticate } from '../auth/authenticate.ts'
import { watchOpenStreams } from '../auth/open-streams.ts'
import { register } from '../auth/register.ts'
import { systemClock } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { createEngine, defaultEngineSettings, type Engine, type EngineSettings } from '../executions/engine.ts'
import { createEventHub, type EventHub } from '../executions/event-hub.ts'
import { watchElsewhere } from '../executions/watch-elsewhere.ts'
import type { JobWorker } from '../jobs/job-worker.ts'
import type { JobRunner } from '../jobs/open-jobs.ts'
import { createLimiter } from '../limits/create-limiter.ts'
import { createGate } from '../limits/gate.ts'
import { silentLogger } from '../logger.ts'
import { createLookUps } from '../look-ups.ts'
import { createOutbox } from '../mail/outbox.ts'
import { createModelSource } from '../models/model-source.ts'
import type { Vendor } from '../models/own-keys.ts'
import { openSecret } from '../secrets/open-secret.ts'
import { createSecretBox } from '../secrets/secret-box.ts'
import { createSecretKeys } from '../secrets/secret-keys.ts'
import { defaultUserCaps, type UserCaps } from '../user-caps.ts'
import { createScriptedProvider, type ScriptedProvider } from './scripted-provider.ts'
import { openTestJobs, type TestJobs } from './test-jobs.ts'

export interface TestWorld extends AsyncDisposable {
  deps: Deps
  engine: Engine
  provider: ScriptedProvider
  /** A signed-in person of their own. */
  newActor(): Promise<Actor>
  /** A second process on the same database: its own hub and engine, not started. */
  replica(settings?: Partial<EngineSettings>): { deps: Deps; engine: Engine }
  /** A real queue on the world's database, not started; from here on it is the one in `deps`. */
  openJobs(workers: (deps: Deps) => readonly JobWorker[]): Promise<JobRunner>
}

export interface WorldOptions {
  tools?: readonly ToolDefinition[]
  /** Vendors that answer to a person's own key. */
  vendors?: readonly Vendor[]
  settings?: Partial<EngineSettings>
  deps?: Partial<Deps>
  caps?: Partial<UserCaps>
  /** How often followers look for what runs in another process. */
  watchMs?: number
}

const noOrigin = { address: null, userAgent: null, requestId: null }

/** Everything that the domain needs, real but for the model; gone with the block that holds it. */
export async function createTestWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const database = await createTestDatabase()
  const provider = createScriptedProvider()
  const engines: Engine[] = []
  const hubs: EventHub[] = []
  const queues: TestJobs[] = []

  const replica = (settings: Partial<EngineSettings> = {}) => {
    const deps = createDeps(database, provider, options, () => engine)
    const engine: Engine = createEngine(deps, {
      ...defaultEngineSettings,
      owner: randomUUIDv7(),
      ...options.settings,
      ...settings,
    })
    engines.push(engine)
    hubs.push(deps.events)
    return { deps, engine }
  }

  const { deps, engine } = replica()
  let people = 0
  return {
    deps,
    engine,
    provider,
    replica,
    async newActor() {
      people += 1
      const session = await register(deps, { email: `person${people}@example.com`, password: 'long enough' }, noOrigin)
      return authenticate(deps, session.accessToken, noOrigin)
    },
    async openJobs(workers) {
      const jobs = await openTestJobs(database, { workers: workers(deps) })
      queues.push(jobs)
      deps.jobs = jobs
      return jobs
    },
    async [Symbol.asyncDispose]() {
      for (const each of queues) await each[Symbol.asyncDispose]()
      for (const each of engines) await each.drain(0)
      for (const each of hubs) each.dismiss()
      await database.close()
    },
  }
}

function createDeps(
  database: TestDatabase,
  provider: ScriptedProvider,
  { tools = builtinTools, vendors, deps, caps: givenCaps, watchMs = 300 }: WorldOptions,
  engine: () => Engine,
): Deps {
  const auth = { secret: new TextEncoder().encode('a secret for tests, long enough for any'), ...defaultAuthSettings }
  const caps = { ...defaultUserCaps, ...givenCaps }
  const secrets = createSecretBox(createSecretKeys([], auth.secret))
  const lookUps = createLookUps(database.db, caps)
  const events = createEventHub()
  watchElsewhere({ db: database.db, clock: systemClock, log: silentLogger, events }, watchMs)
  return {
    db: database.db,
    clock: systemClock,
    newId: randomUUIDv7,
    log: silentLogger,
    auth,
    accounts: { ...defaultAccountSettings, publicUrl: () => 'https://agents.example.com', mailPauseSeconds: 0 },
    caps,
    verifyAccessToken: createTokenVerifier(auth, systemClock),
    limiter: createLimiter(),
    passwordGate: createGate({ atOnce: 2, waiting: 64 }),
    lookUps,
    models: createModelSource({
      providers: [provider],
      vendors: vendors ?? [],
      prepare: (model) => model,
      keysOf: lookUps.providerKeys,
      openKey: (row) => openSecret({ secrets }, row),
      clock: systemClock,
    }),
    secrets,
    keyUsed: createKeyUse(database.db, systemClock, silentLogger),
    tools: createToolRegistry(tools),
    events,
    openStreams: watchOpenStreams({ db: database.db, clock: systemClock, log: silentLogger }, 100),
    mailer: createOutbox({ db: database.db, newId: randomUUIDv7 }),
    jobs: { send: () => Promise.reject(new Error('a world has jobs only when they are asked for: see openJobs')) },
    claimant: () => engine().claimant(),
    onClaimed: (row, sent) => engine().accept(row, sent),
    onQueued: () => engine().wake(),
    onAnswered: () => {},
    onCancelRequested: (executionId) => void engine().cancel(executionId),
    failPoint: () => {},
    ...deps,
  }
}
