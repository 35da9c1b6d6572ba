import type { AuthSession } from '@kickstartmyai/contract'
import { fromBody } from './client-error.ts'
import { reachingFetch } from './reaching-fetch.ts'

interface ExchangeOptions {
  url: string
  fetch: typeof globalThis.fetch
  headers: Record<string, string>
}

/** Trades a refresh token, or the browser's cookie, for new tokens. Throws a ClientError. */
export function exchangeToken({ url, fetch, headers }: ExchangeOptions) {
  return async (refreshToken: string | undefined): Promise<AuthSession> => {
    const response = await reachingFetch(fetch)(`${url}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken }),
    })
    const body: unknown = await response.json()
    if (!response.ok) throw fromBody(body, response)
    return body as AuthSession
  }
}
