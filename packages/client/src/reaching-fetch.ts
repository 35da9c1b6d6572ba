import { fromBody, unreachable } from './client-error.ts'

/**
 * A fetch for JSON calls that tells failures apart: a server that was not reached, and an answer that is not the
 * server's own (a proxy's page). Both throw a ClientError; the reason of an aborted signal passes as it is.
 */
export function reachingFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init).catch((error: unknown) => {
      init?.signal?.throwIfAborted()
      throw unreachable(error)
    })
    if (response.headers.get('content-type')?.includes('json')) return response
    await response.body?.cancel()
    throw fromBody(undefined, response)
  }
}
