import { DomainError } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

export interface OriginCheckOptions {
  /** The address that people type, where it is known: then only pages from there are our own. */
  publicUrl: string | undefined
  /** Other origins whose pages may act. */
  corsOrigins: readonly string[]
}

/**
 * Keeps other sites' pages from acting through a visitor's cookie. Only requests that change something and carry no
 * token of their own are looked at; a program that is no browser sends neither header and passes.
 */
export function originCheck({ publicUrl, corsOrigins }: OriginCheckOptions): MiddlewareHandler<AppEnv> {
  const trusted = [...corsOrigins, ...(publicUrl ? [new URL(publicUrl).origin] : [])]
  const isOurs = (header: (name: string) => string | undefined) => {
    const origin = header('origin')
    if (origin !== undefined) {
      return trusted.includes(origin) || (publicUrl === undefined && hostOf(origin) === header('host'))
    }
    const site = header('sec-fetch-site')
    return site === undefined || site === 'same-origin' || site === 'none'
  }

  return async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS'
    if (!isRead && c.req.header('authorization') === undefined && !isOurs(c.req.header.bind(c.req))) {
      return refuse(c, new DomainError('FORBIDDEN', 'This request comes from another site, which is not allowed here.'))
    }
    return next()
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
