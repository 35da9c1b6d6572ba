import type { AuthSession } from '@kickstartmyai/contract'
import { fromBody } from './client-error.ts'
import { openLine } from './line.ts'
import { reachingFetch } from './reaching-fetch.ts'
import type { Timing } from './timing.ts'

interface ExchangeOptions {
  url: string
  fetch: typeof globalThis.fetch
  headers: Record<string, string>
  timing: Timing
}

/** Everything waits for a new token, so that this must not wait for ever itself. */
const answerWithinMs = 30_000

/** Trades a refresh token, or the browser's cookie, for new tokens. Throws a ClientError. */
export function exchangeToken({ url, fetch, headers, timing }: ExchangeOptions) {
  return async (refreshToken: string | undefined): Promise<AuthSession> => {
    const line = openLine(new AbortController().signal, answerWithinMs, timing)
    try {
      const request = reachingFetch(fetch)(`${url}/api/v1/auth/refresh`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken }),
        signal: line.signal,
      })
      const response = await line.heard(request)
      const body: unknown = await response.json()
      if (!response.ok) throw fromBody(body, response)
      return body as AuthSession
    } finally {
      line.hangUp()
    }
  }
}
