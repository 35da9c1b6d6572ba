import type { UserId } from '@kickstartmyai/contract'
import { type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { TotpFactorTable } from '../tables/totp.ts'

export type TotpFactorRow = Selectable<TotpFactorTable>

/** A person's second factor, confirmed or not. */
export function findTotpFactor(db: Db, userId: UserId): Promise<TotpFactorRow | undefined> {
  return db.selectFrom('totp_factors').selectAll().where('user_id', '=', userId).executeTakeFirst()
}

/** Begins a second factor, instead of one that was begun and not confirmed. Gives false when there is a confirmed one. */
export async function putTotpFactor(db: Db, userId: UserId, nonce: string): Promise<boolean> {
  const result = await db
    .insertInto('totp_factors')
    .values({ user_id: userId, nonce })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ nonce, last_step: 0 }).where('totp_factors.confirmed_at', 'is', null),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Puts it in force with the step of its first code. Gives false when somebody else was quicker. */
export async function confirmTotpFactor(db: Db, { user_id, nonce }: TotpFactorRow, step: number): Promise<boolean> {
  const result = await db
    .updateTable('totp_factors')
    .set({ confirmed_at: sql<Date>`clock_timestamp()`, last_step: step })
    .where('user_id', '=', user_id)
    .where('nonce', '=', nonce)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Takes the code of a time step. Gives false when it, or a later one, was taken before: of several at once one wins. */
export async function takeTotpStep(db: Db, userId: UserId, step: number): Promise<boolean> {
  const result = await db
    .updateTable('totp_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Takes the second factor away, with its recovery codes. Gives whether there was one. */
export async function deleteTotpFactor(tx: Transaction, userId: UserId): Promise<boolean> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  const result = await tx.deleteFrom('totp_factors').where('user_id', '=', userId).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Instead of those there were. */
export async function replaceRecoveryCodes(tx: Transaction, userId: UserId, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ user_id: userId, code_hash })))
    .execute()
}

/** Uses a recovery code up. Gives false when it is none of theirs, or was used before. */
export async function takeRecoveryCode(db: Db, userId: UserId, hash: string): Promise<boolean> {
  const result = await db
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
