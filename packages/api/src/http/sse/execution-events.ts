import { ExecutionId } from '@kickstartmyai/contract'
import { type Actor, DomainError, notFound, type StoredEvent } from '@kickstartmyai/domain'
import type { Context, Handler } from 'hono'
import { toRefusal } from '../../format-error.ts'
import type { AppEnv } from '../app-env.ts'
import { refuse } from '../refuse.ts'

export interface ExecutionEventsOptions {
  authenticate: (c: Context<AppEnv>) => Promise<Actor>
  follow: (
    actor: Actor,
    executionId: ExecutionId,
    afterSeq: number,
    signal: AbortSignal,
  ) => Promise<AsyncGenerator<readonly StoredEvent[], void>>
  /** Told of what was not meant to happen. */
  onFailure: (error: unknown, c: Context<AppEnv>) => void
  pingMs?: number
  random: () => number
}

/**
 * GET …/executions/{executionId}/events: the events after `Last-Event-ID` (or `?lastEventId=`; the header is newer, since
 * a browser sends it when it comes back), until the terminal one.
 */
export function executionEvents(options: ExecutionEventsOptions): Handler<AppEnv> {
  return async (c) => {
    const gone = new AbortController()
    try {
      const actor = await options.authenticate(c)
      const executionId = ExecutionId.safeParse(c.req.param('executionId'))
      if (!executionId.success) throw notFound('execution')
      c.env.outgoing?.once('close', () => gone.abort('gone'))
      c.set('eventStream', {
        batches: await options.follow(actor, executionId.data, lastEventId(c), gone.signal),
        pingMs: options.pingMs ?? 15_000,
        // Spread, so that a restart is not followed by a stampede.
        retryMs: () => 500 + Math.floor(options.random() * 1000),
        // A reader who is handed over goes on within a second.
        returnMs: () => 100 + Math.floor(options.random() * 400),
        onEnd: () => gone.abort('gone'),
        onError: (error) => {
          options.onFailure(error, c)
          return JSON.stringify(toRefusal(error, c.get('requestId')).error)
        },
      })
      return c.body(null, 200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      })
    } catch (error) {
      gone.abort('gone')
      options.onFailure(error, c)
      return refuse(c, error)
    }
  }
}

function lastEventId(c: Context<AppEnv>): number {
  const given = c.req.header('last-event-id') ?? c.req.query('lastEventId') ?? '0'
  if (/^\d{1,9}$/.test(given)) return Number(given)
  const message = 'The last event id must be a whole number from 0 on.'
  throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'lastEventId', message }] })
}
