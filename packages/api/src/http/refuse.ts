import { DomainError } from '@kickstartmyai/domain'
import type { Context, Handler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { toRefusal } from '../format-error.ts'
import type { AppEnv } from './app-env.ts'

/** The answer to a request that failed: the envelope of errors, with Retry-After where waiting helps. */
export function refuse(c: Context<AppEnv>, thrown: unknown): Response {
  const { status, error } = toRefusal(thrown, c.get('requestId'))
  const wait = error.details?.retryAfterSeconds
  if (wait !== undefined) c.header('Retry-After', String(Math.ceil(wait)))
  if (error.code === 'UNAUTHORIZED' || error.code === 'TOKEN_EXPIRED') c.header('WWW-Authenticate', 'Bearer')
  c.header('Cache-Control', 'no-store')
  return c.json({ error }, status as ContentfulStatusCode)
}

/** Answers a path that is there for other methods. */
export function methodNotAllowed(...allowed: string[]): Handler<AppEnv> {
  return (c) => {
    c.header('Allow', allowed.join(', '))
    return refuse(c, new DomainError('METHOD_NOT_ALLOWED', `Use ${allowed.join(' or ')} here.`))
  }
}

export const noSuchPath = () => new DomainError('NOT_FOUND', 'There is nothing at this path.')
