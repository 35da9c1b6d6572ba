import { DomainError } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { noSuchPath, refuse } from './refuse.ts'

/**
 * Stands before tRPC's own handler: refuses the bodies that it would take though no procedure wants them (multipart, which
 * any site's form may send, and raw bytes) and paths that it cannot decode, and calls its answers JSON where it forgets to.
 */
export function trpcDoor(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!isDecodable(new URL(c.req.url).pathname)) return refuse(c, noSuchPath())
    const type = c.req.header('content-type')
    if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
      return refuse(c, new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON, with Content-Type: application/json.'))
    }
    await next()
    if (c.res.headers.get('content-type')?.startsWith('text/plain')) c.header('Content-Type', 'application/json')
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
