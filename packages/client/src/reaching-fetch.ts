import { fromBody, unreachable } from './client-error.ts'

/**
 * A fetch for JSON calls that tells failures apart: a server that was not reached or broke off in mid-answer, and an
 * answer that is not the server's own (a proxy's page). Both throw a ClientError; the reason of an aborted signal passes
 * as it is. The answer has arrived in full.
 */
export function reachingFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const arrived = async <Value>(promise: Promise<Value>): Promise<Value> =>
      promise.catch((error: unknown) => {
        init?.signal?.throwIfAborted()
        throw unreachable(error)
      })
    const response = await arrived(fetch(input, init))
    if (response.headers.get('content-type')?.includes('json')) {
      const text = await arrived(response.text())
      return new Response(text, response)
    }
    await response.body?.cancel()
    throw fromBody(undefined, response)
  }
}
