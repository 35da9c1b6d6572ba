import { randomUUIDv7 } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { builtinTools, createToolRegistry } from '@kickstartmyai/ai'
import { createApp } from '@kickstartmyai/api'
import { type Connection, ping } from '@kickstartmyai/db'
import {
  auditWorkers,
  checkSecretKeys,
  accountWorkers,
  createEngine,
  createEventHub,
  createGate,
  createKeyUse,
  createLimiter,
  createLookUps,
  createOutbox,
  createPeers,
  createTitleRequests,
  createModelSource,
  createSecretBox,
  createSecretKeys,
  createTokenVerifier,
  defaultAccountSettings,
  defaultAuthSettings,
  defaultEngineSettings,
  defaultJobsSettings,
  type Deps,
  openJobs,
  openSecret,
  prepareSetup,
  systemClock,
  titleWorkers,
  watchElsewhere,
  watchOpenStreams,
} from '@kickstartmyai/domain'
import type { Logger } from 'pino'
import { authSecret } from './auth-secret.ts'
import { effectTool } from './effect-tool.ts'
import type { Env } from './env.ts'
import { passUntil } from './fail-points.ts'
import { listen } from './listen.ts'
import { rootFolder } from './load-env-file.ts'
import { openLimitStore } from './limit-store.ts'
import { openChannel } from './open-channel.ts'
import { modelProviders, modelVendors, prepareModel } from './model-providers.ts'
import { dataDirectory } from './open-database.ts'
import { requestLimits } from './request-limits.ts'
import { createReadPace } from './read-pace.ts'
import { serveWeb } from './serve-web.ts'
import { createSmtpMailer } from './smtp-mailer.ts'
import { version } from './version.ts'

export interface Server {
  /** Where it listens. */
  url: string
  /** Everything that it answers at, as `GET /path`. */
  routes: string[]
  /** The name of the provider that answers for agents that name none. */
  defaultProvider: string
  /** Makes the first administrator; null when there is one, or whoever started the server knows the token. */
  setupToken: string | null
  /** Stops taking work, finishes or hands over what runs, and closes everything. */
  drain(): Promise<void>
}

/**
 * Puts the process together: database, domain, engine, HTTP. The one place where all packages meet. The connection is
 * the server's from here on, and is closed by `drain`.
 */
export async function startServer(env: Env, log: Logger, connection: Connection): Promise<Server> {
  const state = { phase: 'starting' as 'starting' | 'ready' | 'draining' }
  const auth = { secret: authSecret(env.AUTH_SECRET, dataDirectory(env)), ...defaultAuthSettings }
  const events = createEventHub()
  const caps = { running: env.USER_MAX_RUNNING, active: env.USER_MAX_ACTIVE, streams: env.USER_MAX_STREAMS }
  const secrets = createSecretBox(createSecretKeys(env.SECRETS_KEYS, auth.secret))
  await checkSecretKeys({ db: connection.db, log, secrets })
  const lookUps = createLookUps(connection.db, caps)
  const channel = openChannel(env, log)
  const pace = createReadPace(() => engine.running)
  const owner = `${hostname()}:${process.pid}:${randomUUIDv7()}`
  const sql = connection.openSqlRunner()
  const limitStore = openLimitStore(env, sql, log)
  const limiter = createLimiter(limitStore.store)
  const jobs = openJobs({ sql, clock: systemClock, log, settings: defaultJobsSettings }, () => [
    ...accountWorkers(deps),
    ...(env.TITLE_GENERATION ? titleWorkers(deps) : []),
    ...auditWorkers(deps, env.AUDIT_RETENTION_DAYS),
  ])
  const mailer = env.SMTP_URL
    ? createSmtpMailer({ url: env.SMTP_URL, from: env.MAIL_FROM ?? '' })
    : createOutbox({ db: connection.db, newId: randomUUIDv7 })
  let publicUrl = (env.PUBLIC_URL ?? '').replace(/\/+$/, '')
  // The engine needs the deps and the deps tell the engine, later, when both are made.
  const deps: Deps = {
    db: connection.db,
    clock: systemClock,
    newId: randomUUIDv7,
    log,
    auth,
    accounts: {
      ...defaultAccountSettings,
      registration: env.REGISTRATION,
      emailVerification: env.EMAIL_VERIFICATION,
      publicUrl: () => publicUrl,
    },
    caps,
    verifyAccessToken: createTokenVerifier(auth, systemClock),
    limiter,
    passwordGate: createGate({ atOnce: 2, waiting: 64 }),
    lookUps,
    models: createModelSource({
      providers: modelProviders(env, pace),
      vendors: modelVendors(env, pace),
      prepare: prepareModel,
      keysOf: lookUps.providerKeys,
      openKey: (row) => openSecret({ secrets }, row),
      clock: systemClock,
    }),
    secrets,
    keyUsed: createKeyUse(connection.db, systemClock, log),
    tools: createToolRegistry([...builtinTools, ...(env.EFFECT_URL ? [effectTool(env.EFFECT_URL)] : [])]),
    events,
    openStreams: watchOpenStreams({ db: connection.db, clock: systemClock, log }, 1000),
    mailer,
    jobs,
    claimant: () => engine.claimant(),
    onClaimed: (row, sent) => engine.accept(row, sent),
    onQueued() {
      engine.wake()
      if (!engine.claimant()) peers?.queued()
    },
    onAnswered: (row) => requestTitle(row),
    onCancelRequested(executionId) {
      if (!engine.cancel(executionId)) peers?.stop(executionId)
    },
    failPoint: env.FAIL_POINT ? passUntil(env.FAIL_POINT) : () => {},
  }
  const engine = createEngine(deps, { ...defaultEngineSettings, owner })
  const requestTitle = env.TITLE_GENERATION ? createTitleRequests(deps) : () => {}
  watchElsewhere(deps, 1000)
  const peers =
    channel &&
    createPeers({
      self: owner,
      channel,
      events,
      clock: systemClock,
      onStop: (executionId) => engine.cancel(executionId),
      onQueued: () => engine.wake(),
    })
  const app = createApp({
    deps,
    version,
    publicUrl: env.PUBLIC_URL,
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    allowedHosts: env.ALLOWED_HOSTS,
    rateLimits: requestLimits(env, limitStore.store ? limiter.add : undefined),
    answerMs: env.ANSWER_SECONDS * 1000,
    phase: () => state.phase,
    checkDatabase: () => ping(connection.db),
    showOutbox: env.NODE_ENV !== 'production' && !env.SMTP_URL && isThisMachine(env.PUBLIC_URL),
    web: serveWeb(join(rootFolder, 'apps', 'web', 'dist')),
  })
  const open = async () => {
    const setupToken = await prepareSetup(deps, env.SETUP_TOKEN)
    return { setupToken, http: await listen(app.fetch, env) }
  }
  const { setupToken, http } = await open().catch(async (error: unknown) => {
    await connection.close()
    throw error
  })
  publicUrl ||= http.url
  engine.start()
  jobs.start()
  state.phase = 'ready'

  return {
    url: http.url,
    routes: app.routes.map(({ method, path }) => `${method} ${path}`),
    defaultProvider: deps.models.providers[0]?.name ?? 'none',
    setupToken: env.SETUP_TOKEN ? null : setupToken,
    async drain() {
      state.phase = 'draining'
      http.stopAccepting()
      await Promise.all([engine.drain(env.DRAIN_SECONDS * 1000), jobs.drain(env.DRAIN_SECONDS * 1000)])
      peers?.queued()
      events.dismiss()
      await http.close()
      await channel?.close()
      limitStore.close()
      await jobs.close()
      await connection.close()
    },
  }
}

/** Whether people reach the server under this machine's own name alone, as far as the configuration tells. */
function isThisMachine(publicUrl: string | undefined): boolean {
  return publicUrl === undefined || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname)
}
