import type { SecretId, UserId } from '@kickstartmyai/contract'
import { replaceSecret, type SecretKind, type SecretRow, type Transaction } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

export interface NewSecret {
  ownerId: UserId
  kind: SecretKind
  name: string
  plain: string
}

/** Keeps a secret, encrypted, in the place of the owner's of the same kind and name. */
export function putSecret(
  { newId, secrets }: Pick<Deps, 'newId' | 'secrets'>,
  tx: Transaction,
  { ownerId, kind, name, plain }: NewSecret,
): Promise<SecretRow> {
  const id = newId() as SecretId
  const { keyId, sealed } = secrets.seal({ ownerId, kind, id }, plain)
  return replaceSecret(tx, { id, owner_id: ownerId, kind, name, key_id: keyId, sealed, last_four: lastFour(plain) })
}

/** Of a short secret four characters would be too much. */
const lastFour = (plain: string) => (plain.length >= 16 ? plain.slice(-4) : '')
