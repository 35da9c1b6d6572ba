import type { Actor, Origin, Quota } from '@kickstartmyai/domain'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EventStream } from './sse/event-stream.ts'

/** What Hono's context carries here: node's own request where there is one, the request's id, where it comes from, who was found
 * to ask, how many requests they have left, and a stream of events that is to be the answer. */
export interface AppEnv {
  Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse }
  Variables: { requestId: string; origin: Origin; actor?: Actor; quotas?: Quota[]; eventStream?: EventStream }
}
