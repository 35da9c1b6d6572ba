import { limits } from '@kickstartmyai/contract'
import { DomainError } from '@kickstartmyai/domain'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit as limit } from 'hono/body-limit'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

/** Refuses a body over the limit, without reading more of it than that. */
export function bodyLimit(): MiddlewareHandler<AppEnv> {
  // Node reads no more than was announced.
  const announcedFits = (c: Context<AppEnv>) => Number(c.req.header('content-length')) <= limits.bodyBytes
  const message = `The request body is larger than ${limits.bodyBytes / 1024} KiB.`
  const counting = limit({
    maxSize: limits.bodyBytes,
    onError: (c: Context<AppEnv>) => refuse(c, new DomainError('PAYLOAD_TOO_LARGE', message)),
  })
  return (c, next) => (announcedFits(c) ? next() : counting(c, next))
}
