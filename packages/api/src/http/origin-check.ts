import { DomainError } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

/**
 * Keeps other sites' pages from acting through a visitor's cookie. Only requests that change something and carry no
 * token of their own are looked at; a program that is no browser sends neither header and passes.
 */
export function originCheck(trusted: readonly string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS'
    if (!isRead && c.req.header('authorization') === undefined && !isOurs(c.req.header.bind(c.req), trusted)) {
      return refuse(c, new DomainError('FORBIDDEN', 'This request comes from another site, which is not allowed here.'))
    }
    return next()
  }
}

function isOurs(header: (name: string) => string | undefined, trusted: readonly string[]): boolean {
  const origin = header('origin')
  if (origin !== undefined) return trusted.includes(origin) || hostOf(origin) === header('host')
  const site = header('sec-fetch-site')
  return site === undefined || site === 'same-origin' || site === 'none'
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
