import type { Logger } from '@kickstartmyai/domain'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from './app-env.ts'

/** One line a request: what was asked, how it ended, how long it took. Never a header, a query or a body. */
export function requestLog(log: Logger, now: () => number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedAt = now()
    await next()
    const fields = {
      requestId: c.get('requestId'),
      method: c.req.method,
      route: route(c),
      path: c.req.path,
      status: c.res.status,
      ms: now() - startedAt,
      userId: c.get('actor')?.userId,
    }
    if (c.res.status >= 500) log.error(fields, 'request')
    else log.info(fields, 'request')
  }
}

/** The most precise pattern that the path fits: without ids, so that requests can be counted by it. */
function route(c: Context<AppEnv>): string {
  return matchedRoutes(c).reduce((best, { path }) => (path.length > best.length ? path : best), '')
}
