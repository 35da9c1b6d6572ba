import type { SessionId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { SessionTable } from '../tables/session.ts'

export type SessionRow = Selectable<SessionTable>

export async function insertSession(db: Db, session: Insertable<SessionTable>): Promise<void> {
  await db.insertInto('sessions').values(session).execute()
}

/** A session that is neither revoked nor over, locked until the transaction ends; with the age of its last refresh. */
export function lockSession(
  tx: Transaction,
  sessionId: SessionId,
): Promise<(SessionRow & { rotatedMsAgo: number | null }) | undefined> {
  return tx
    .selectFrom('sessions')
    .selectAll()
    .select(sql<number | null>`(extract(epoch from clock_timestamp() - rotated_at) * 1000)::float8`.as('rotatedMsAgo'))
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .forUpdate()
    .executeTakeFirst()
}

/** Makes the session's next refresh token the current one. */
export async function rotateSession(tx: Transaction, sessionId: SessionId, expiresAt: Date): Promise<void> {
  await tx
    .updateTable('sessions')
    .set((eb) => ({
      generation: eb('generation', '+', 1),
      rotated_at: sql<Date>`clock_timestamp()`,
      last_used_at: sql<Date>`clock_timestamp()`,
      expires_at: expiresAt,
    }))
    .where('id', '=', sessionId)
    .execute()
}

/** Whose it was; undefined when it was over already. */
export async function revokeSession(db: Db, sessionId: SessionId): Promise<UserId | undefined> {
  const row = await db
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return row?.user_id
}

const open = (db: Db, userId: UserId) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)

/** A person's sessions that are neither revoked nor over, last used first. */
export function listSessions(db: Db, userId: UserId): Promise<SessionRow[]> {
  return open(db, userId).orderBy('last_used_at', 'desc').orderBy('id', 'desc').execute()
}

/** One of the person's sessions, if it is neither revoked nor over. */
export function findSession(db: Db, userId: UserId, sessionId: SessionId): Promise<SessionRow | undefined> {
  return open(db, userId).where('id', '=', sessionId).executeTakeFirst()
}

/** Ends a person's sessions, all of them or all but one. Gives how many there were. */
export async function revokeSessions(db: Db, userId: UserId, except: SessionId | null): Promise<number> {
  const result = await db
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`clock_timestamp()` })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .$if(except !== null, (query) => query.where('id', '<>', except!))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** The addresses that a person has signed in from, the latest ones. */
export async function sessionAddresses(db: Db, userId: UserId): Promise<string[]> {
  const rows = await db
    .selectFrom('sessions')
    .select('address')
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
  return rows.flatMap(({ address }) => address ?? [])
}
