import type { AuthSession } from '@kickstartmyai/contract'
import { fromBody, unreachable } from './client-error.ts'
import { untilAborted } from './line.ts'
import { reachingFetch } from './reaching-fetch.ts'

interface ExchangeOptions {
  url: string
  fetch: typeof globalThis.fetch
  headers: Record<string, string>
  /** Aborts when an exchange has taken too long; half a minute unless given. */
  deadline?: () => AbortSignal
}

/** Trades a refresh token, or the browser's cookie, for new tokens. Throws a ClientError. */
export function exchangeToken({ url, fetch, headers, deadline = () => AbortSignal.timeout(30_000) }: ExchangeOptions) {
  return async (refreshToken: string | undefined): Promise<AuthSession> => {
    // Everything waits for this one, so that it must not wait for ever itself.
    const signal = deadline()
    const request = reachingFetch(fetch)(`${url}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken }),
      signal,
    })
    const response = await untilAborted(request, signal).catch((error: unknown) => {
      throw signal.aborted ? unreachable(error) : error
    })
    const body: unknown = await response.json()
    if (!response.ok) throw fromBody(body, response)
    return body as AuthSession
  }
}
