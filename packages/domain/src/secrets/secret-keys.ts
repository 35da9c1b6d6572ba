import { hkdfSync } from 'node:crypto'

export interface SecretKey {
  /** Stands beside everything that the key has sealed. */
  id: string
  /** 32 bytes, for AES-256. */
  bytes: Uint8Array
}

/** The first key seals; every one opens. */
export type SecretKeys = readonly [SecretKey, ...SecretKey[]]

/**
 * The keys that are configured, and last the one that follows from the server's secret, which seals where none is
 * configured. Its id follows from the secret too, so that a changed one is not taken for the same key.
 */
export function createSecretKeys(configured: readonly SecretKey[], authSecret: Uint8Array): SecretKeys {
  const derive = (purpose: string, length: number) =>
    new Uint8Array(hkdfSync('sha256', authSecret, new Uint8Array(), `kickstartmyai secrets: ${purpose}`, length))
  const derived = { id: `auth-${Buffer.from(derive('key id', 4)).toString('hex')}`, bytes: derive('key', 32) }
  const [first, ...others] = configured
  return first ? [first, ...others, derived] : [derived]
}
