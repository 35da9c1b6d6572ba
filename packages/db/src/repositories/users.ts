import type { Role, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { UserTable } from '../tables/user.ts'

export type UserRow = Selectable<UserTable>

/** Writes a new user. A second one with the same e-mail violates `users_email_key`. */
export function insertUser(db: Db, user: Insertable<UserTable>): Promise<UserRow> {
  return db.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow()
}

export function findUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
}

export function findUser(db: Db, userId: UserId): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
}

/** A user as they are until the transaction ends. */
export function lockUser(tx: Transaction, userId: UserId): Promise<UserRow | undefined> {
  return tx.selectFrom('users').selectAll().where('id', '=', userId).forNoKeyUpdate().executeTakeFirst()
}

/** Gives the user as they are now. An e-mail that another one has violates `users_email_key`. */
export function updateUser(db: Db, userId: UserId, changes: Updateable<UserTable>): Promise<UserRow | undefined> {
  return db
    .updateTable('users')
    .set({ ...changes, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', userId)
    .returningAll()
    .executeTakeFirst()
}

/**
 * The administrators that may sign in, held until the transaction ends: of two transactions that would each take the last
 * but one away, the second sees what the first has left.
 */
export async function lockActiveAdmins(tx: Transaction): Promise<UserId[]> {
  const rows = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin' satisfies Role)
    .where('status', '=', 'active')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.map(({ id }) => id)
}
