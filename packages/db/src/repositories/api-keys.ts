import type { ApiKeyId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { ApiKeyTable } from '../tables/api-key.ts'

export type ApiKeyRow = Omit<Selectable<ApiKeyTable>, 'key_hash'>

const columns = [
  'id',
  'user_id',
  'name',
  'scopes',
  'last_four',
  'created_at',
  'expires_at',
  'last_used_at',
] as const satisfies (keyof ApiKeyRow)[]

/**
 * Writes a new key, unless its person has `most` already: then undefined. The person's row is held, so that two at once
 * are counted one after the other.
 */
export async function insertApiKey(
  tx: Transaction,
  key: Insertable<ApiKeyTable>,
  most: number,
): Promise<ApiKeyRow | undefined> {
  await tx.selectFrom('users').select('id').where('id', '=', key.user_id).forNoKeyUpdate().execute()
  const { count } = await tx
    .selectFrom('api_keys')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('user_id', '=', key.user_id)
    .executeTakeFirstOrThrow()
  if (Number(count) >= most) return undefined
  return tx.insertInto('api_keys').values(key).returning(columns).executeTakeFirstOrThrow()
}

/** A person's keys, newest first. */
export function listApiKeys(db: Db, userId: UserId): Promise<ApiKeyRow[]> {
  return db
    .selectFrom('api_keys')
    .select(columns)
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Gives whether the person had such a key. */
export async function deleteApiKey(db: Db, userId: UserId, apiKeyId: ApiKeyId): Promise<boolean> {
  const result = await db
    .deleteFrom('api_keys')
    .where('id', '=', apiKeyId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Keeps that keys were used, to the minute: one that is known to have been used since is not written again. */
export async function touchApiKeys(db: Db, apiKeyIds: readonly ApiKeyId[]): Promise<void> {
  await sql`
    update api_keys set last_used_at = clock_timestamp() where id in (
      select id from api_keys where id = any(${apiKeyIds}::uuid[])
        and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')
      order by id for no key update skip locked)`.execute(db)
}
