import type { SessionId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { SessionTable } from '../tables/session.ts'
import type { UserRow } from './users.ts'

export type SessionRow = Selectable<SessionTable>

export async function insertSession(db: Db, session: Insertable<SessionTable>): Promise<void> {
  await db.insertInto('sessions').values(session).execute()
}

/** The session whose current or previous refresh token has this hash, locked until the transaction ends. */
export function lockSessionByRefreshHash(tx: Transaction, hash: string): Promise<SessionRow | undefined> {
  return tx
    .selectFrom('sessions')
    .selectAll()
    .where((eb) => eb.or([eb('refresh_hash', '=', hash), eb('previous_refresh_hash', '=', hash)]))
    .forUpdate()
    .executeTakeFirst()
}

/** Puts a new refresh token in the place of the current one, which stays known as the previous one. */
export async function rotateSession(
  tx: Transaction,
  sessionId: SessionId,
  next: { refreshHash: string; expiresAt: Date },
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set((eb) => ({
      previous_refresh_hash: eb.ref('refresh_hash'),
      refresh_hash: next.refreshHash,
      rotated_at: sql<Date>`clock_timestamp()`,
      last_used_at: sql<Date>`clock_timestamp()`,
      expires_at: next.expiresAt,
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

/** The person of a session that is neither revoked nor over. */
export function findUserOfSession(db: Db, sessionId: SessionId): Promise<UserRow | undefined> {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('users')
    .where('sessions.id', '=', sessionId)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
}
