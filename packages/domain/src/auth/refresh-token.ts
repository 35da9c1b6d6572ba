import { createHmac, timingSafeEqual } from 'node:crypto'
import { SessionId } from '@kickstartmyai/contract'
import type { AuthSettings } from './auth-settings.ts'

/**
 * The refresh token of a session's generation: `<session>.<generation>.<mac>`. It is derived, not stored, so that two
 * parallel refreshes are given the same next token, and a copy of the database holds none.
 */
export function refreshTokenFor(settings: AuthSettings, sessionId: SessionId, generation: number): string {
  const name = `${sessionId}.${generation}`
  return `${name}.${mac(settings, name).toString('base64url')}`
}

/** What a refresh token names, or null when it is not one of ours. */
export function readRefreshToken(
  settings: AuthSettings,
  token: string,
): { sessionId: SessionId; generation: number } | null {
  const [session = '', generation = '', signature = '', ...rest] = token.split('.')
  const sessionId = SessionId.safeParse(session)
  if (!sessionId.success || rest.length > 0 || !/^\d{1,9}$/.test(generation)) return null
  const expected = mac(settings, `${session}.${generation}`)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return { sessionId: sessionId.data, generation: Number(generation) }
}

function mac(settings: AuthSettings, name: string): Buffer {
  return createHmac('sha256', settings.secret).update(`refresh:${name}`).digest()
}
