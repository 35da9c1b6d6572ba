import type { AppRouter } from '@kickstartmyai/api/app-router'
import type { limits } from '@kickstartmyai/contract'
import {
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  type Operation,
  splitLink,
  type TRPCUntypedClient,
} from '@trpc/client'
import type { Credentials } from './credentials.ts'
import { pagingLink } from './paging-link.ts'
import { reachingFetch } from './reaching-fetch.ts'
import { sendAgainLink } from './send-again-link.ts'
import type { Session } from './session.ts'
import { sessionLink } from './session-link.ts'
import type { Timing } from './timing.ts'

export interface TransportOptions {
  url: string
  fetch: typeof globalThis.fetch
  headers: Record<string, string>
  credentials: Credentials
  session: Session | undefined
  timing: Timing
}

/** The server's limit, without its schemas. */
const maxItems = 20 satisfies typeof limits.batchSize

/**
 * How calls travel. Calls with `isDirect` in their context go alone and by POST, since who makes them need not know a
 * query from a mutation; the others, React's hooks, are batched.
 */
export function createTransport(options: TransportOptions): TRPCUntypedClient<AppRouter> {
  const { credentials, session } = options
  const headers = async (operations: readonly Operation[]) => {
    const token = await credentials.token()
    for (const { context } of operations) context['token'] = token
    return { ...options.headers, ...(token !== null && { authorization: `Bearer ${token}` }) }
  }
  const fetch = reachingFetch(options.fetch)
  const http = {
    url: `${options.url}/trpc`,
    // tRPC's own type of what it hands over is wider than fetch's in this one field.
    fetch: (url: RequestInfo | URL, { signal = null, ...init }: { signal?: AbortSignal | null | undefined } = {}) =>
      fetch(url, { ...init, signal }),
  }
  return createTRPCUntypedClient<AppRouter>({
    links: [
      pagingLink(),
      sendAgainLink(options.timing),
      sessionLink(credentials, session),
      splitLink({
        condition: ({ context }) => context['isDirect'] === true,
        true: httpLink({ ...http, methodOverride: 'POST', headers: ({ op }) => headers([op]) }),
        false: httpBatchLink({ ...http, maxItems, maxURLLength: 8000, headers: ({ opList }) => headers(opList) }),
      }),
    ],
  })
}
