import type { SecretId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { SecretTable } from '../tables/secret.ts'

export type SecretRow = Selectable<SecretTable>
export type SecretKind = SecretRow['kind']

/** What one person's secrets of a kind are called, newest change last. */
export function listSecrets(db: Db, ownerId: UserId, kind: SecretKind): Promise<SecretRow[]> {
  return db
    .selectFrom('secrets')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('kind', '=', kind)
    .orderBy('name')
    .execute()
}

/** For each person the secrets of a kind, in the order of the people. */
export async function findSecretsOf(db: Db, ownerIds: readonly UserId[], kind: SecretKind): Promise<SecretRow[][]> {
  const rows = await db
    .selectFrom('secrets')
    .selectAll()
    .where('owner_id', '=', sql<UserId>`any(${ownerIds}::uuid[])`)
    .where('kind', '=', kind)
    .execute()
  const secrets = Map.groupBy(rows, ({ owner_id: ownerId }) => ownerId)
  return ownerIds.map((id) => secrets.get(id) ?? [])
}

/** Puts a secret in the place of the owner's of the same kind and name, if there is one. */
export function replaceSecret(tx: Transaction, secret: Insertable<SecretTable>): Promise<SecretRow> {
  return tx
    .insertInto('secrets')
    .values(secret)
    .onConflict((conflict) =>
      conflict.constraint('secrets_owner_key').doUpdateSet((eb) => ({
        // The id is sealed in, so that it changes with the secret.
        id: eb.ref('excluded.id'),
        key_id: eb.ref('excluded.key_id'),
        sealed: eb.ref('excluded.sealed'),
        last_four: eb.ref('excluded.last_four'),
        updated_at: sql<Date>`clock_timestamp()`,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Gives whether there was one. */
export async function deleteSecret(db: Db, ownerId: UserId, kind: SecretKind, name: string): Promise<boolean> {
  const result = await db
    .deleteFrom('secrets')
    .where('owner_id', '=', ownerId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Which keys are in use, and for how many secrets. */
export function countSecretsByKey(db: Db): Promise<{ key_id: string; count: number }[]> {
  return db
    .selectFrom('secrets')
    .select(['key_id', sql<number>`count(*)::int`.as('count')])
    .groupBy('key_id')
    .orderBy('key_id')
    .execute()
}

/** Secrets of everybody that another key than this one has sealed, in the order of their ids; locked. For a rotation alone. */
export function lockSecretsOfOtherKeys(
  tx: Transaction,
  keyId: string,
  { limit, after }: { limit: number; after: SecretId | null },
): Promise<SecretRow[]> {
  return tx
    .selectFrom('secrets')
    .selectAll()
    .where('key_id', '!=', keyId)
    .$if(after !== null, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute()
}

/** The same secret under another key. */
export async function resealSecret(
  tx: Transaction,
  id: SecretId,
  { keyId, sealed }: { keyId: string; sealed: string },
): Promise<void> {
  await tx.updateTable('secrets').set({ key_id: keyId, sealed }).where('id', '=', id).execute()
}
