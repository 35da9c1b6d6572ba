import type { SessionId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { SessionTable } from '../tables/session.ts'
import type { UserRow } from './users.ts'

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

export async function revokeSession(db: Db, sessionId: SessionId): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** For each session the person behind it, if the session is neither revoked nor over; in the order of the sessions. */
export async function findUsersOfSessions(
  db: Db,
  sessionIds: readonly SessionId[],
): Promise<(Pick<UserRow, 'id' | 'role'> | undefined)[]> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.id as session_id', 'users.id', 'users.role'])
    .where('sessions.id', '=', sql<SessionId>`any(${sessionIds}::uuid[])`)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', sql<Date>`clock_timestamp()`)
    .execute()
  const users = new Map(rows.map(({ session_id: sessionId, ...user }) => [sessionId, user]))
  return sessionIds.map((id) => users.get(id))
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
