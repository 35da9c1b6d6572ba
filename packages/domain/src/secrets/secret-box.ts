import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SecretKeys } from './secret-keys.ts'

/** What a secret is: sealed in with it, so that it cannot be passed for another's or for another kind. */
export interface SecretPlace {
  ownerId: string
  kind: string
  id: string
}

export interface Sealed {
  keyId: string
  sealed: string
}

/** Encrypts what is kept and must be read again. */
export interface SecretBox {
  /** Under the first key. */
  seal(place: SecretPlace, plain: string): Sealed
  /** Throws SecretUnreadable. */
  open(place: SecretPlace, sealed: Sealed): string
  /** The key that seals. */
  readonly keyId: string
  /** Whether there is such a key. */
  knows(keyId: string): boolean
}

/** A secret that cannot be opened. Its words are for the operator; they hold nothing of the secret. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable'
}

const algorithm = 'aes-256-gcm'
const version = 'v1'
const ivBytes = 12
const tagBytes = 16

/** AES-256-GCM with a random nonce for each sealing, the place as associated data: `v1.<nonce, text and tag>`. */
export function createSecretBox(keys: SecretKeys): SecretBox {
  const [first] = keys
  const find = (keyId: string) => keys.find(({ id }) => id === keyId)
  return {
    keyId: first.id,
    knows: (keyId) => find(keyId) !== undefined,
    seal(place, plain) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, first.bytes, iv, { authTagLength: tagBytes }).setAAD(associated(place))
      const whole = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return { keyId: first.id, sealed: `${version}.${whole.toString('base64url')}` }
    },
    open(place, { keyId, sealed }) {
      const key = find(keyId)
      if (!key) throw new SecretUnreadable(`The key “${keyId}” that encrypted this is missing: add it to SECRETS_KEYS.`)
      try {
        return decrypt(key.bytes, place, sealed)
      } catch {
        throw new SecretUnreadable(
          `The key “${keyId}” does not open this: another key has its name, or it was altered.`,
        )
      }
    },
  }
}

function decrypt(key: Uint8Array, place: SecretPlace, sealed: string): string {
  const [form, text = '', ...rest] = sealed.split('.')
  const whole = Buffer.from(text, 'base64url')
  if (form !== version || rest.length > 0 || whole.length < ivBytes + tagBytes) throw new Error('not of our making')
  const decipher = createDecipheriv(algorithm, key, whole.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(associated(place)).setAuthTag(whole.subarray(-tagBytes))
  return Buffer.concat([decipher.update(whole.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8')
}

/** Ids and kinds hold no line break, so that no two places read the same. */
function associated({ ownerId, kind, id }: SecretPlace): Buffer {
  return Buffer.from(['kickstartmyai', version, ownerId, kind, id].join('\n'))
}
