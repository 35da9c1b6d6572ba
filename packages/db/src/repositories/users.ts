import type { UserId } from '@kickstartmyai/contract'
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../database.ts'
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
