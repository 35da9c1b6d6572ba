import { limits } from '@kickstartmyai/contract'
import { DomainError } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { noSuchPath, refuse } from './refuse.ts'

/**
 * What one layer would read differently from the next: dots, slashes, backslashes, control characters and percent signs in
 * percent encoding, plain backslashes, and empty or dotted segments.
 */
const ambiguous = /%(2e|2f|5c|25|[01][\da-f]|7f)|\\|\/\/|\/\.{1,2}(\/|$)/i

/**
 * Stands before everything else: refuses paths that could be taken for another one, before anybody has tidied them up, and
 * requests with more headers than any honest one has.
 */
export function requestDoor(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { incoming } = c.env ?? {}
    if (!incoming) return next()
    if (incoming.rawHeaders.length / 2 > limits.headers) {
      const message = `The request has more than ${limits.headers} headers.`
      return refuse(c, new DomainError('VALIDATION_FAILED', message))
    }
    const [path = ''] = (incoming.url ?? '').split('?', 1)
    return path.startsWith('/') && !ambiguous.test(path) && isDecodable(path) ? next() : refuse(c, noSuchPath())
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
