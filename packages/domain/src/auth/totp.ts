import { createHmac, timingSafeEqual } from 'node:crypto'
import type { UserId } from '@kickstartmyai/contract'
import type { AuthSettings } from './auth-settings.ts'

const stepSeconds = 30
const digits = 6

/** A person's TOTP secret: derived, not stored, so that a copy of the database holds none. */
export function totpSecret({ secret }: Pick<AuthSettings, 'secret'>, userId: UserId, nonce: string): Buffer {
  return createHmac('sha256', secret).update(`totp:${userId}:${nonce}`).digest().subarray(0, 20)
}

export const stepAt = (ms: number) => Math.floor(ms / 1000 / stepSeconds)

/** The code of a time step (RFC 6238 over RFC 4226, with SHA-1 as every authenticator app expects). */
export function totpCode(secret: Uint8Array, step: number, length = digits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff
  return String(number % 10 ** length).padStart(length, '0')
}

/** The step whose code this is, of now or of one step to either side; null when it is none of them. */
export function matchingStep(secret: Uint8Array, code: string, nowMs: number): number | null {
  const given = Buffer.from(code.replaceAll(/\s/g, ''))
  const now = stepAt(nowMs)
  const matches = [now - 1, now, now + 1].filter((step) => {
    const expected = Buffer.from(totpCode(secret, step))
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  return matches.at(-1) ?? null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding: the authenticator apps' way to write a secret. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: Uint8Array, email: string): string {
  const query = new URLSearchParams({ secret: toBase32(secret), issuer: 'KickStartMyAI' })
  return `otpauth://totp/${encodeURIComponent(`KickStartMyAI:${email}`)}?${query.toString()}`
}
