import type { SecretId } from '@kickstartmyai/contract'
import { inTransaction, lockSecretsOfOtherKeys, resealSecret, type Transaction } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { openSecret } from './open-secret.ts'
import { SecretUnreadable } from './secret-box.ts'

type RotationDeps = Pick<Deps, 'db' | 'log' | 'secrets'>

export interface Rotated {
  /** How many are sealed anew. */
  resealed: number
  /** How many could not be opened and stay as they are. */
  unreadable: number
}

/**
 * Seals everything with the first key that another one has sealed, some at a time, each time in a transaction: it may be
 * broken off and run again, and while it runs the server may run too. What cannot be opened stays, and is counted.
 */
export async function rotateSecrets(deps: RotationDeps, { atATime = 200 } = {}): Promise<Rotated> {
  const total: Rotated = { resealed: 0, unreadable: 0 }
  for (let after: SecretId | null = null; ;) {
    const done: Batch = await inTransaction(deps.db, (tx) => rotateSome(deps, tx, { limit: atATime, after }))
    total.resealed += done.resealed
    total.unreadable += done.unreadable
    if (done.last === null) return total
    after = done.last
  }
}

interface Batch extends Rotated {
  /** Null: there are no more. */
  last: SecretId | null
}

async function rotateSome(
  deps: RotationDeps,
  tx: Transaction,
  page: { limit: number; after: SecretId | null },
): Promise<Batch> {
  const rows = await lockSecretsOfOtherKeys(tx, deps.secrets.keyId, page)
  let unreadable = 0
  for (const row of rows) {
    const { id, owner_id: ownerId, kind } = row
    try {
      await resealSecret(tx, id, deps.secrets.seal({ ownerId, kind, id }, openSecret(deps, row)))
    } catch (err) {
      if (!(err instanceof SecretUnreadable)) throw err
      unreadable += 1
      deps.log.warn({ err, secretId: id, keyId: row.key_id }, 'a secret cannot be opened and stays as it is')
    }
  }
  return { resealed: rows.length - unreadable, unreadable, last: rows.at(-1)?.id ?? null }
}
