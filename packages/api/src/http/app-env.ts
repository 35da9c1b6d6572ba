import type { Actor } from '@kickstartmyai/domain'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EventStream } from './sse/event-stream.ts'

/** What Hono's context carries here: node's own request where there is one, the request's id, who was found to ask, and a stream
 * of events that is to be the answer. */
export interface AppEnv {
  Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse }
  Variables: { requestId: string; actor?: Actor; eventStream?: EventStream }
}
