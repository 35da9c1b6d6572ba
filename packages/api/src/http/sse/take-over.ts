import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../app-env.ts'
import { writeEventStream } from './event-stream.ts'

/**
 * Takes the response over from Hono when a handler has left an event stream: its headers, with those of every
 * middleware below this one, and then the events, written by node directly.
 */
export function takeOverStreams(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next()
    const stream = c.get('eventStream')
    const out = c.env?.outgoing
    if (!stream) return
    if (!out) throw new Error('Event streams need a node server.')
    if (out.req.method === 'HEAD') return stream.onEnd()
    out.writeHead(c.res.status, Object.fromEntries(c.res.headers))
    void writeEventStream(out, stream)
    c.res = undefined
    c.res = RESPONSE_ALREADY_SENT
  }
}
