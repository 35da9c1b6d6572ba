import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'

type Policy = Record<string, readonly string[]>

const self = "'self'"
const nothing: Policy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** The web app: its own files, no script or style that stands in a page, and no other place to tell anything to. */
const app: Policy = {
  ...nothing,
  'script-src': [self],
  'style-src': [self],
  'img-src': [self, 'data:', 'blob:'],
  'font-src': [self],
  'connect-src': [self],
  'manifest-src': [self],
}

/** The reference of the API: its page, which is not ours, writes styles into elements. It is no place for what people wrote. */
const reference: Policy = {
  ...nothing,
  'script-src': [self],
  'style-src': [self, "'unsafe-inline'"],
  'img-src': [self, 'data:'],
  'connect-src': [self],
}

/**
 * Headers that make a browser distrust whatever is not ours: no script but our files, no frame around us, no guessing of types,
 * no copy of an answer kept that does not say otherwise.
 */
export function securityHeaders({ isHttps }: { isHttps: boolean }): MiddlewareHandler<AppEnv> {
  const always: [string, string][] = [
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Origin-Agent-Cluster', '?1'],
    ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(self), payment=(), usb=()'],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ...(isHttps ? [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] as [string, string]] : []),
  ]
  const policies = { app: toText(app), reference: toText(reference), answer: toText(nothing) }

  return async (c, next) => {
    await next()
    const { headers } = c.res
    for (const [name, value] of always) headers.set(name, value)
    headers.set('Content-Security-Policy', policies[kindOf(c.req.path, headers.get('content-type'))])
    if (!headers.has('cache-control')) headers.set('Cache-Control', 'no-store')
  }
}

/** An answer for programs is no page: whoever opens it in a browser must not find that it does anything. */
function kindOf(path: string, type: string | null): 'app' | 'reference' | 'answer' {
  if (!type?.startsWith('text/html')) return 'answer'
  return path === '/docs' ? 'reference' : 'app'
}

const toText = (policy: Policy) =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
