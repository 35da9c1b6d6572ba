import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import type { AppEnv } from './app-env.ts'

export interface DeviceCookie {
  read(c: Context<AppEnv>): string | undefined
  write(c: Context<AppEnv>, token: string): void
}

/** As long as browsers keep a cookie at most. */
const maxAge = 400 * 24 * 3600

/** The cookie by which a browser is known as one on which an account was signed in before. It opens nothing. */
export function deviceCookie({ isHttps }: { isHttps: boolean }): DeviceCookie {
  const name = isHttps ? '__Host-device' : 'kickstartmyai_device'
  return {
    read: (c) => getCookie(c, name),
    write(c, token) {
      const options = { httpOnly: true, secure: isHttps, sameSite: 'Strict', path: '/', maxAge } as const
      c.res.headers.append('Set-Cookie', generateCookie(name, token, options))
    },
  }
}
