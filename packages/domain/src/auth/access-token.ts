import { SessionId } from '@kickstartmyai/contract'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import type { AuthSettings } from './auth-settings.ts'

const issuer = 'kickstartmyai'
const audience = 'kickstartmyai-api'
/** RFC 9068: keeps other JWTs that the same secret may sign from being taken for access tokens. */
const type = 'at+jwt'

/**
 * A short-lived token that names a session. It says nothing of when it begins to hold: we sign none for later, and a
 * replica whose clock is behind would refuse what the others give out.
 */
export function signAccessToken(settings: AuthSettings, clock: Clock, sessionId: SessionId): Promise<string> {
  const now = Math.floor(clock.now() / 1000)
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + settings.accessTokenSeconds)
    .sign(settings.secret)
}

/** Finds the session that a token names. Throws TOKEN_EXPIRED when it is over, UNAUTHORIZED when it is not one of ours. */
export type VerifyAccessToken = (token: string) => Promise<SessionId>

interface Verified {
  sessionId: SessionId
  expiresAt: number
}

/** A signature that was found good stays good: so many tokens are not verified again. */
const mostRemembered = 20_000
/** How far apart clocks may be. */
const toleranceSeconds = 5

export function createTokenVerifier(settings: AuthSettings, clock: Clock): VerifyAccessToken {
  const known = new Map<string, Verified>()
  return async (token) => {
    const remembered = known.get(token)
    const verified = remembered ?? (await verify(settings, clock, token))
    if (clock.now() / 1000 >= verified.expiresAt + toleranceSeconds) {
      known.delete(token)
      throw expired()
    }
    if (!remembered) remember(known, token, verified)
    return verified.sessionId
  }
}

function remember(known: Map<string, Verified>, token: string, verified: Verified): void {
  known.set(token, verified)
  const [oldest] = known.keys()
  if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
}

async function verify(settings: AuthSettings, clock: Clock, token: string): Promise<Verified> {
  try {
    const { payload } = await jwtVerify(token, settings.secret, {
      algorithms: ['HS256'],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['exp', 'sid'],
      currentDate: new Date(clock.now()),
      clockTolerance: toleranceSeconds,
    })
    return { sessionId: SessionId.parse(payload['sid']), expiresAt: payload.exp ?? 0 }
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw expired()
    throw new DomainError('UNAUTHORIZED', 'The access token is not valid. Sign in again.')
  }
}

function expired(): DomainError {
  return new DomainError('TOKEN_EXPIRED', 'The access token has expired. Refresh it and try again.')
}
