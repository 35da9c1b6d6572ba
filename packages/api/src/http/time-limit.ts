import { DomainError } from '@kickstartmyai/domain'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

/**
 * Answers TIMEOUT when an answer has not begun after so many milliseconds; an event stream has begun with its headers, and may
 * go on for as long as it likes. What the request asked for may still happen.
 */
export function timeLimit(ms: number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { promise: tooLate, resolve } = Promise.withResolvers<'too late'>()
    const timer = setTimeout(resolve, ms, 'too late')
    const work = next()
    const outcome = await Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
    if (outcome !== 'too late') return
    work.catch(() => {})
    const message = 'This took too long. It may have been done all the same: look before you try again.'
    return refuse(c, new DomainError('TIMEOUT', message, { retryAfterSeconds: 5 }))
  }
}
