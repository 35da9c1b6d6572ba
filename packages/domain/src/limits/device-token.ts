import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { UserId } from '@kickstartmyai/contract'
import type { AuthSettings } from '../auth/auth-settings.ts'

/**
 * What a device keeps after an account was signed in on it: `<random>.<mac>`. It opens nothing; it shows that the next attempt
 * comes from where the account was used before, so that no flood of guesses from elsewhere stands in its owner's way.
 */
export function newDeviceToken(settings: AuthSettings, userId: UserId): string {
  const device = randomBytes(16).toString('base64url')
  return `${device}.${mac(settings, device, userId).toString('base64url')}`
}

/** The name of the device, when the token was made for this account; else null. */
export function readDeviceToken(settings: AuthSettings, userId: UserId, token: string): string | null {
  const [device = '', signature = '', ...rest] = token.split('.')
  const given = Buffer.from(signature, 'base64url')
  const expected = mac(settings, device, userId)
  const isOurs = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
  return isOurs ? device : null
}

function mac(settings: AuthSettings, device: string, userId: UserId): Buffer {
  return createHmac('sha256', settings.secret).update(`device:${userId}:${device}`).digest()
}
