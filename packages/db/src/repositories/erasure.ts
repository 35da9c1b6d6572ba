import type { UserId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Deletes some of a person's conversations with all that is in them. Gives how many; 0 when there are none left. */
export async function eraseConversations(db: Db, ownerId: UserId, atATime: number): Promise<number> {
  const result = await db
    .deleteFrom('conversations')
    .where('id', 'in', (eb) =>
      eb.selectFrom('conversations').select('id').where('owner_id', '=', ownerId).limit(atATime),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Deletes a person and all that is theirs. */
export async function eraseUser(db: Db, userId: UserId): Promise<void> {
  await db.deleteFrom('users').where('id', '=', userId).execute()
}

/** People whose account was closed while something of theirs is left: the rest of an erasure, or what still runs. */
export async function findUnsettledUsers(db: Db): Promise<{ id: UserId; status: 'leaving' | 'suspended' }[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'status'])
    .where((eb) =>
      eb.or([
        // Who is only just leaving is being seen off already.
        eb.and([
          eb('status', '=', 'leaving'),
          eb('updated_at', '<', sql<Date>`clock_timestamp() - interval '1 minute'`),
        ]),
        eb.and([
          eb('status', '=', 'suspended'),
          eb.exists(
            eb
              .selectFrom('executions')
              .select('id')
              .whereRef('owner_id', '=', 'users.id')
              .where('executions.status', 'in', ['queued', 'running', 'waiting']),
          ),
        ]),
      ]),
    )
    .limit(100)
    .execute()
  return rows as { id: UserId; status: 'leaving' | 'suspended' }[]
}

/** Deletes what is over: tokens, invitations, mails that nobody fetched for a week, sessions that ended a month ago. */
export async function deleteStale(db: Db): Promise<void> {
  const ago = (time: string) => sql<Date>`clock_timestamp() - ${time}::interval`
  await db.deleteFrom('user_tokens').where('expires_at', '<', ago('0')).execute()
  await db.deleteFrom('invitations').where('expires_at', '<', ago('0')).execute()
  await db.deleteFrom('outbox_mails').where('created_at', '<', ago('7 days')).execute()
  await db
    .deleteFrom('sessions')
    .where((eb) => eb.or([eb('expires_at', '<', ago('30 days')), eb('revoked_at', '<', ago('30 days'))]))
    .execute()
}
