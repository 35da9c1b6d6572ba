import type { InvitationId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { InvitationTable } from '../tables/invitation.ts'
import type { PageRequest } from './keyset.ts'

export type InvitationRow = Selectable<InvitationTable>

/** Writes an invitation; an earlier one of the same address is not good any more. */
export function putInvitation(db: Db, invitation: Insertable<InvitationTable>): Promise<InvitationRow> {
  const { id, role, invited_by, expires_at } = invitation
  return db
    .insertInto('invitations')
    .values(invitation)
    .onConflict((conflict) =>
      conflict.column('email').doUpdateSet({
        id,
        role,
        invited_by,
        expires_at,
        token_hash: null,
        created_at: sql<Date>`clock_timestamp()`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function findInvitation(db: Db, invitationId: InvitationId): Promise<InvitationRow | undefined> {
  return db.selectFrom('invitations').selectAll().where('id', '=', invitationId).executeTakeFirst()
}

/** Gives an invitation the token that is about to be mailed. */
export async function setInvitationToken(db: Db, invitationId: InvitationId, tokenHash: string): Promise<void> {
  await db.updateTable('invitations').set({ token_hash: tokenHash }).where('id', '=', invitationId).execute()
}

/**
 * Uses an invitation up, if it is not over and whoever sent it is still an administrator. Of several that try at once one
 * is given it.
 */
export function takeInvitation(db: Db, tokenHash: string): Promise<InvitationRow | undefined> {
  return db
    .deleteFrom('invitations')
    .using('users')
    .whereRef('users.id', '=', 'invitations.invited_by')
    .where('users.role', '=', 'admin')
    .where('users.status', '=', 'active')
    .where('invitations.token_hash', '=', tokenHash)
    .where('invitations.expires_at', '>', sql<Date>`clock_timestamp()`)
    .returningAll('invitations')
    .executeTakeFirst()
}

/** Invitations that nobody has taken, newest first. */
export function listInvitations(db: Db, { limit, after }: PageRequest): Promise<InvitationRow[]> {
  return db
    .selectFrom('invitations')
    .selectAll()
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Gives whether there was one. */
export async function deleteInvitation(db: Db, invitationId: InvitationId): Promise<boolean> {
  const result = await db.deleteFrom('invitations').where('id', '=', invitationId).executeTakeFirst()
  return result.numDeletedRows > 0n
}
