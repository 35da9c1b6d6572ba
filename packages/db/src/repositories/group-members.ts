import type { GroupId, UserId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { PageRequest } from './keyset.ts'

export interface GroupMemberRow {
  user_id: UserId
  email: string
  full_name: string | null
  created_at: Date
}

/** A group's members, the newest first. */
export function listMembers(db: Db, groupId: GroupId, { limit, after }: PageRequest): Promise<GroupMemberRow[]> {
  return db
    .selectFrom('group_members')
    .innerJoin('users', 'users.id', 'group_members.user_id')
    .select(['group_members.user_id', 'users.email', 'users.full_name', 'group_members.created_at'])
    .where('group_members.group_id', '=', groupId)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(group_members.created_at, group_members.user_id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`,
      ),
    )
    .orderBy('group_members.created_at', 'desc')
    .orderBy('group_members.user_id', 'desc')
    .limit(limit)
    .execute()
}

/**
 * Makes somebody a member; who is one stays one. Gives whether they are one by this; undefined when there is no such
 * person.
 */
export async function insertMember(db: Db, groupId: GroupId, userId: UserId): Promise<boolean | undefined> {
  const { rows } = await sql<{ inserted: boolean }>`
    with person as (select id from users where id = ${userId}),
    inserted as (
      insert into group_members (group_id, user_id) select ${groupId}, id from person
      on conflict do nothing returning user_id)
    select exists (select 1 from inserted) as inserted from person`.execute(db)
  return rows[0]?.inserted
}

/** Gives whether they were one. */
export async function deleteMember(db: Db, groupId: GroupId, userId: UserId): Promise<boolean> {
  const result = await db
    .deleteFrom('group_members')
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
