import { SessionId } from '@kickstartmyai/contract'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import type { AuthSettings } from './auth-settings.ts'

const issuer = 'kickstartmyai'
const audience = 'kickstartmyai-api'
/** RFC 9068: keeps other JWTs that the same secret may sign from being taken for access tokens. */
const type = 'at+jwt'

/** A short-lived token that names a session. */
export function signAccessToken(settings: AuthSettings, clock: Clock, sessionId: SessionId): Promise<string> {
  const now = Math.floor(clock.now() / 1000)
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + settings.accessTokenSeconds)
    .sign(settings.secret)
}

/** The session that a token names. Throws TOKEN_EXPIRED when it is over, UNAUTHORIZED when it is not one of ours. */
export async function verifyAccessToken(settings: AuthSettings, clock: Clock, token: string): Promise<SessionId> {
  try {
    const { payload } = await jwtVerify(token, settings.secret, {
      algorithms: ['HS256'],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['exp', 'nbf', 'sid'],
      currentDate: new Date(clock.now()),
      clockTolerance: 5,
    })
    return SessionId.parse(payload['sid'])
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new DomainError('TOKEN_EXPIRED', 'The access token has expired. Refresh it and try again.')
    }
    throw new DomainError('UNAUTHORIZED', 'The access token is not valid. Sign in again.')
  }
}
