import { createHash, randomBytes } from 'node:crypto'

/** A token that goes to somebody once, and its hash, which is all that is kept of it. */
export function newOneTimeToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOneTimeToken(token) }
}

/** Looked for by its hash, so that how long a comparison takes says nothing of the token. */
export function hashOneTimeToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
