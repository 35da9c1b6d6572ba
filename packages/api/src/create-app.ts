import { limits } from '@kickstartmyai/contract'
import {
  type Actor,
  authenticate,
  checkScope,
  type Deps,
  DomainError,
  exportMe as readExport,
  followExecution,
  newDeviceToken,
  rateLimited,
  type RequestLimits,
} from '@kickstartmyai/domain'
import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { type Context as HonoContext, Hono, type MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { appRouter } from './app-router.ts'
import type { Context } from './context.ts'
import { toRefusal } from './format-error.ts'
import type { AppEnv } from './http/app-env.ts'
import { bodyLimit } from './http/body-limit.ts'
import { clientAddress } from './http/client-address.ts'
import { devOutbox } from './http/dev-outbox.ts'
import { deviceCookie } from './http/device-cookie.ts'
import { exportMe } from './http/export-me.ts'
import { health } from './http/health.ts'
import { hostCheck } from './http/host-check.ts'
import { mountDocs } from './http/openapi/mount-docs.ts'
import { originCheck } from './http/origin-check.ts'
import { callsIn, rateLimit } from './http/rate-limit.ts'
import { refreshCookie } from './http/refresh-cookie.ts'
import { methodNotAllowed, noSuchPath, refuse } from './http/refuse.ts'
import { requestDoor } from './http/request-door.ts'
import { requestLog } from './http/request-log.ts'
import { mountRest } from './http/rest/mount-rest.ts'
import { securityHeaders } from './http/security-headers.ts'
import { executionEvents } from './http/sse/execution-events.ts'
import { takeOverStreams } from './http/sse/take-over.ts'
import { timeLimit } from './http/time-limit.ts'
import { trpcDoor } from './http/trpc-door.ts'

export interface AppOptions {
  deps: Deps
  version: string
  /** The address that people type, where it is known. */
  publicUrl: string | undefined
  /** Other origins whose pages may call the API. */
  corsOrigins: readonly string[]
  /** Addresses and ranges of proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Names by which the server may be called besides that of `publicUrl`. */
  allowedHosts: readonly string[]
  rateLimits: RequestLimits
  /** How long an answer may take to begin, in milliseconds. */
  answerMs: number
  phase: () => 'starting' | 'ready' | 'draining'
  /** Throws when the database does not answer. */
  checkDatabase: () => Promise<void>
  /** Whether whoever sits at this machine may read the mails that were kept. */
  showOutbox: boolean
  /** Answers what is no API: the web app's files. */
  web?: MiddlewareHandler
}

const eventsPath = '/api/v1/executions/:executionId/events'
const exportPath = '/api/v1/users/me/export'

/** Everything that is reached over HTTP, as one Hono app: probes, tRPC, REST, event streams, reference, web app. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { deps, publicUrl, corsOrigins, rateLimits } = options
  const isHttps = publicUrl?.startsWith('https:') ?? false
  const createContext = contextFactory(options, isHttps)
  const app = new Hono<AppEnv>()

  const onFailure = (error: unknown, c: HonoContext<AppEnv>) => {
    if (toRefusal(error, '').status < 500) return
    deps.log.error({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'request failed')
  }
  const onError = (error: unknown, c: HonoContext<AppEnv>) => {
    onFailure(error, c)
    return refuse(c, error)
  }

  app.onError(onError)
  app.notFound((c) => refuse(c, noSuchPath()))
  app.use(takeOverStreams())
  app.use(requestId({ limitLength: 100 }), requestLog(deps.log, deps.clock.now), securityHeaders({ isHttps }))
  app.use(requestDoor(), hostCheck(options), knowOrigin(options, isHttps), rateLimit(rateLimits))
  app.route('/health', health({ ...options, now: deps.clock.now }))
  app.use('/api/*', otherOrigins(corsOrigins))
  app.use('/trpc/*', otherOrigins(corsOrigins))
  app.use(originCheck(options), timeLimit(options.answerMs), bodyLimit())

  app.all('/trpc/*', trpcDoor(), (c) =>
    fetchRequestHandler({
      endpoint: '/trpc',
      router: appRouter,
      req: c.req.raw,
      createContext: () => createContext(c),
      maxBatchSize: limits.batchSize,
      // The client sends single calls by POST, and then need not know a query from a mutation.
      allowMethodOverride: true,
      onError: ({ error }) => onFailure(error, c),
      responseMeta: ({ errors }) => ({ headers: waitHeaders(errors) }),
    }),
  )
  app.get(
    eventsPath,
    executionEvents({
      authenticate: async (c) => {
        const actor = await createContext(c).authenticate()
        checkScope(actor, 'executions:read')
        return actor
      },
      follow: (actor, executionId, afterSeq, signal) => followExecution(deps, actor, executionId, afterSeq, signal),
      onFailure,
      random: Math.random,
    }),
  )
  app.all(eventsPath, methodNotAllowed('GET'))
  app.get(
    exportPath,
    exportMe({
      authenticate: async (c) => {
        const actor = await createContext(c).authenticate()
        checkScope(actor, null)
        return actor
      },
      exportMe: (actor) => readExport(deps, actor),
      onFailure,
    }),
  )
  app.all(exportPath, methodNotAllowed('GET'))
  if (options.showOutbox) app.route('/dev', devOutbox(deps))
  mountRest(app, { router: appRouter, createContext, onError })
  mountDocs(app, { router: appRouter, version: options.version, serverUrl: publicUrl ?? '/' })
  if (options.web) app.get('*', options.web)
  return app
}

/** Pages of the origins that are named, and of no other, may call, also with the browser's cookie. */
function otherOrigins(corsOrigins: readonly string[]): MiddlewareHandler {
  const exposeHeaders = ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy']
  return cors({ origin: [...corsOrigins], credentials: corsOrigins.length > 0, exposeHeaders, maxAge: 600 })
}

/** Finds out where a request comes from. */
function knowOrigin({ trustedProxies }: AppOptions, isHttps: boolean): MiddlewareHandler<AppEnv> {
  const findAddress = clientAddress(trustedProxies)
  const device = deviceCookie({ isHttps })
  return async (c, next) => {
    c.set('origin', {
      address: findAddress(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for')),
      userAgent: c.req.header('user-agent') ?? null,
      requestId: c.get('requestId'),
      device: device.read(c),
    })
    return next()
  }
}

/** Makes what procedures know of a request. */
function contextFactory({ deps, rateLimits }: AppOptions, isHttps: boolean) {
  const cookie = refreshCookie({ isHttps, maxAgeSeconds: deps.auth.refreshTokenSeconds })
  const device = deviceCookie({ isHttps })

  return (c: HonoContext<AppEnv>): Context => {
    let actor: Promise<Actor> | undefined
    const origin = c.get('origin')
    return {
      requestId: c.get('requestId'),
      deps,
      origin,
      authenticate: () => (actor ??= authenticateBearer(deps, c).then((found) => countFor(found, c, rateLimits))),
      refreshCookie: cookie.read(c),
      setRefreshCookie: (token) => cookie.write(c, token),
      rememberDevice: (userId) => device.write(c, newDeviceToken(deps.auth, userId)),
    }
  }
}

/** Counts a request for the person behind it, and for the API key. Throws RATE_LIMITED. */
function countFor(actor: Actor, c: HonoContext<AppEnv>, { ofUser, ofKey }: RequestLimits): Actor {
  const calls = callsIn(c.req.path)
  for (const quota of [actor.apiKey && ofKey.take(actor.apiKey.id, calls), ofUser.take(actor.userId, calls)]) {
    if (quota) c.get('quotas')?.push(quota)
    if (quota?.refused) throw rateLimited(quota.resetSeconds)
  }
  return actor
}

/** Nothing that a procedure answers is kept; a refusal says when to come back. */
function waitHeaders(errors: readonly TRPCError[]): Headers {
  const headers = new Headers([['Cache-Control', 'no-store']])
  const waits = errors.map(({ cause }) => (cause instanceof DomainError && cause.details?.retryAfterSeconds) || 0)
  if (Math.max(...waits) > 0) headers.set('Retry-After', String(Math.ceil(Math.max(...waits))))
  return headers
}

async function authenticateBearer(deps: Deps, c: HonoContext<AppEnv>): Promise<Actor> {
  const [scheme, token, ...rest] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw new DomainError(
      'UNAUTHORIZED',
      'Sign in first: send the access token, or an API key, as Authorization: Bearer <token>.',
    )
  }
  const actor = await authenticate(deps, token, c.get('origin'))
  c.set('actor', actor)
  return actor
}
