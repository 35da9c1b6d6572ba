import { createHash, randomBytes } from 'node:crypto'

/** By this a key is known as one of ours, by us and by scanners of published code. */
const prefix = 'ksk_'

/** A new key, of 256 random bits. */
export function newApiKeyToken(): string {
  return prefix + randomBytes(32).toString('base64url')
}

export const isApiKeyToken = (token: string) => token.startsWith(prefix)

/** What is kept of a key. It cannot be guessed, so that a fast hash without salt is enough, and finds it by an index. */
export function hashApiKeyToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
