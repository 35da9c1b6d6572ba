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

export async function revokeSession(db: Db, sessionId: SessionId): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .execute()
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
