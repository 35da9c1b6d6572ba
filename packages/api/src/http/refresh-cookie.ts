import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { AppEnv } from './app-env.ts'

export interface RefreshCookie {
  read(c: Context<AppEnv>): string | undefined
  /** Null takes the cookie away. */
  write(c: Context<AppEnv>, token: string | null): void
}

/** The cookie in which a browser keeps its refresh token: out of reach of scripts and of other sites' requests. */
export function refreshCookie({ isHttps, maxAgeSeconds }: { isHttps: boolean; maxAgeSeconds: number }): RefreshCookie {
  // The prefix binds the cookie to this host and to https; over plain http a browser would refuse it.
  const name = isHttps ? '__Host-refresh' : 'kickstartmyai_refresh'
  const options: CookieOptions = { httpOnly: true, secure: isHttps, sameSite: 'Strict', path: '/' }
  return {
    read: (c) => getCookie(c, name),
    write: (c, token) => {
      const cookie = generateCookie(name, token ?? '', { ...options, maxAge: token === null ? 0 : maxAgeSeconds })
      // On the response that is under way, so that it survives a handler that makes a response of its own.
      c.res.headers.append('Set-Cookie', cookie)
    },
  }
}
