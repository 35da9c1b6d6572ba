import { limits } from '@kickstartmyai/contract'
import {
  type Actor,
  authenticate,
  checkScope,
  type Deps,
  DomainError,
  exportMe as readExport,
  followExecution,
  type Origin,
} from '@kickstartmyai/domain'
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
import { exportMe } from './http/export-me.ts'
import { health } from './http/health.ts'
import { mountDocs } from './http/openapi/mount-docs.ts'
import { originCheck } from './http/origin-check.ts'
import { refreshCookie } from './http/refresh-cookie.ts'
import { methodNotAllowed, noSuchPath, refuse } from './http/refuse.ts'
import { requestLog } from './http/request-log.ts'
import { mountRest } from './http/rest/mount-rest.ts'
import { securityHeaders } from './http/security-headers.ts'
import { executionEvents } from './http/sse/execution-events.ts'
import { takeOverStreams } from './http/sse/take-over.ts'
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
  const { deps, publicUrl, corsOrigins } = options
  const isHttps = publicUrl?.startsWith('https:') ?? false
  const trusted = [...corsOrigins, ...(publicUrl ? [new URL(publicUrl).origin] : [])]
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
  app.route('/health', health({ ...options, now: deps.clock.now }))
  app.use('/api/*', cors({ origin: [...corsOrigins], exposeHeaders: ['X-Request-Id', 'Retry-After'] }))
  app.use('/trpc/*', cors({ origin: [...corsOrigins], exposeHeaders: ['X-Request-Id', 'Retry-After'] }))
  app.use(originCheck(trusted), bodyLimit())

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
      responseMeta: () => ({ headers: new Headers([['Cache-Control', 'no-store']]) }),
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

/** Makes what procedures know of a request. */
function contextFactory({ deps, trustedProxies }: AppOptions, isHttps: boolean) {
  const findAddress = clientAddress(trustedProxies)
  const cookie = refreshCookie({ isHttps, maxAgeSeconds: deps.auth.refreshTokenSeconds })

  return (c: HonoContext<AppEnv>): Context => {
    let actor: Promise<Actor> | undefined
    const origin: Origin = {
      address: findAddress(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for')),
      userAgent: c.req.header('user-agent') ?? null,
      requestId: c.get('requestId'),
    }
    return {
      requestId: c.get('requestId'),
      deps,
      origin,
      authenticate: () => (actor ??= authenticateBearer(deps, c, origin)),
      refreshCookie: cookie.read(c),
      setRefreshCookie: (token) => cookie.write(c, token),
    }
  }
}

async function authenticateBearer(deps: Deps, c: HonoContext<AppEnv>, origin: Origin): Promise<Actor> {
  const [scheme, token, ...rest] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw new DomainError(
      'UNAUTHORIZED',
      'Sign in first: send the access token, or an API key, as Authorization: Bearer <token>.',
    )
  }
  const actor = await authenticate(deps, token, origin)
  c.set('actor', actor)
  return actor
}
