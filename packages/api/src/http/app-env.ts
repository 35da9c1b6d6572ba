import type { Actor } from '@kickstartmyai/domain'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What Hono's context carries here: node's own request where there is one, the request's id, and who was found to ask. */
export interface AppEnv {
  Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse }
  Variables: { requestId: string; actor?: Actor }
}
