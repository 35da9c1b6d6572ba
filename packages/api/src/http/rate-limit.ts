import { addressBlock, type Quota, rateLimited, type RequestLimits } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

/**
 * Counts every request against the address it comes from, and tells the caller in RateLimit and RateLimit-Policy
 * (draft-ietf-httpapi-ratelimit-headers) what is left, there and of what is counted later for the account. Probes do not count.
 */
export function rateLimit({ ofAddress }: RequestLimits): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.path.startsWith('/health')) return next()
    const quota = ofAddress.take(addressBlock(c.get('origin').address), callsIn(c.req.path))
    c.set('quotas', quota ? [quota] : [])
    if (quota?.refused) c.res = refuse(c, rateLimited(quota.resetSeconds))
    else await next()
    tell(c.res.headers, c.get('quotas') ?? [])
  }
}

/** A batch counts for as many calls as it holds. */
export function callsIn(path: string): number {
  return path.startsWith('/trpc/') ? path.split(',').length : 1
}

function tell(headers: Headers, quotas: readonly Quota[]): void {
  if (quotas.length === 0) return
  headers.set(
    'RateLimit-Policy',
    quotas.map(({ name, points, seconds }) => `"${name}";q=${points};w=${seconds}`).join(', '),
  )
  headers.set(
    'RateLimit',
    quotas.map(({ name, left, resetSeconds }) => `"${name}";r=${left};t=${resetSeconds}`).join(', '),
  )
}
