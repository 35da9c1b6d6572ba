import { isIP } from 'node:net'
import { DomainError } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

export interface HostCheckOptions {
  publicUrl: string | undefined
  /** Other names under which the server may be called. */
  allowedHosts: readonly string[]
}

/** Names that nobody can own on the internet, so that no stranger can make them mean this machine. */
const privateName = /^[^.]+$|\.(localhost|local|internal|lan|test|home\.arpa)$/

/**
 * Refuses requests that call the server by a name that is not its own: a stranger's page whose name was pointed at this machine
 * (DNS rebinding) would otherwise be of the same origin as the server. Probes are let through: they come by any name.
 */
export function hostCheck({ publicUrl, allowedHosts }: HostCheckOptions): MiddlewareHandler<AppEnv> {
  const own = new Set([...allowedHosts, ...(publicUrl ? [new URL(publicUrl).hostname] : [])])
  const isOurs = (host: string) => {
    const name = nameOf(host)
    return name !== null && (own.has(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0 || privateName.test(name))
  }
  return async (c, next) => {
    const host = c.req.header('host')
    if (host === undefined || isOurs(host) || c.req.path.startsWith('/health')) return next()
    const message = 'The server is not known by this name. Its operator can set PUBLIC_URL or ALLOWED_HOSTS.'
    return refuse(c, new DomainError('FORBIDDEN', message))
  }
}

function nameOf(host: string): string | null {
  if (!/^[\w.\-:[\]]+$/.test(host)) return null
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null
}
