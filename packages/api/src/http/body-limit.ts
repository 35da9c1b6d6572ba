import { limits } from '@kickstartmyai/contract'
import { DomainError } from '@kickstartmyai/domain'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit as limit } from 'hono/body-limit'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

/** Refuses a body over the limit, without reading more of it than that. */
export function bodyLimit(): MiddlewareHandler<AppEnv> {
  const message = `The request body is larger than ${limits.bodyBytes / 1024} KiB.`
  return limit({
    maxSize: limits.bodyBytes,
    onError: (c: Context<AppEnv>) => refuse(c, new DomainError('PAYLOAD_TOO_LARGE', message)),
  })
}
