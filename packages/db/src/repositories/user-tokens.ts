import type { UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { UserTokenKind, UserTokenTable } from '../tables/user-token.ts'

export type { UserTokenKind } from '../tables/user-token.ts'
export type UserTokenRow = Selectable<UserTokenTable>

/** Stores a token; the one of this kind that the person had is not good any more. */
export async function putUserToken(db: Db, token: Insertable<UserTokenTable>): Promise<void> {
  await db
    .insertInto('user_tokens')
    .values(token)
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'kind']).doUpdateSet({
        token_hash: token.token_hash,
        email: token.email,
        created_at: sql<Date>`clock_timestamp()`,
        expires_at: token.expires_at,
      }),
    )
    .execute()
}

/** The token, if it is of this kind and not over. */
export function findUserToken(db: Db, kind: UserTokenKind, tokenHash: string): Promise<UserTokenRow | undefined> {
  return db
    .selectFrom('user_tokens')
    .selectAll()
    .where('kind', '=', kind)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
}

/** Uses a token up. Of several that try at once one is given it. */
export function takeUserToken(db: Db, kind: UserTokenKind, tokenHash: string): Promise<UserTokenRow | undefined> {
  return db
    .deleteFrom('user_tokens')
    .where('kind', '=', kind)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .returningAll()
    .executeTakeFirst()
}

/** Whether a token of this kind was made for this address of the person within the last `seconds`. */
export async function hasFreshUserToken(
  db: Db,
  { user_id: userId, kind, email }: Pick<UserTokenRow, 'user_id' | 'kind' | 'email'>,
  seconds: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('user_tokens')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('email', '=', email)
    .where('created_at', '>', sql<Date>`clock_timestamp() - ${seconds} * interval '1 second'`)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes back a token that could not be mailed. */
export async function dropUserToken(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom('user_tokens').where('token_hash', '=', tokenHash).execute()
}

/** After this no token of the person is good. */
export async function dropUserTokens(db: Db, userId: UserId): Promise<void> {
  await db.deleteFrom('user_tokens').where('user_id', '=', userId).execute()
}
