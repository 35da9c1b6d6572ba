import type { GroupId, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../database.ts'
import type { GroupTable } from '../tables/group.ts'
import type { PageRequest } from './keyset.ts'

export type GroupRow = Selectable<GroupTable> & { member_count: number }

const memberCount = sql<number>`(
  select count(*)::int from group_members where group_members.group_id = groups.id)`.as('member_count')

/** A second group of the same name violates `groups_name_key`. */
export function insertGroup(db: Db, group: Insertable<GroupTable>): Promise<GroupRow> {
  return db.insertInto('groups').values(group).returningAll().returning(memberCount).executeTakeFirstOrThrow()
}

export function findGroup(db: Db, groupId: GroupId): Promise<GroupRow | undefined> {
  return db.selectFrom('groups').selectAll('groups').select(memberCount).where('id', '=', groupId).executeTakeFirst()
}

/** Groups, newest first: those of which the person is a member, or with null all there are. */
export function listGroups(db: Db, memberId: UserId | null, { limit, after }: PageRequest): Promise<GroupRow[]> {
  return db
    .selectFrom('groups')
    .selectAll('groups')
    .select(memberCount)
    .$if(memberId !== null, (query) =>
      query.where('groups.id', 'in', (own) =>
        own.selectFrom('group_members').select('group_id').where('user_id', '=', memberId!),
      ),
    )
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(groups.created_at, groups.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('groups.created_at', 'desc')
    .orderBy('groups.id', 'desc')
    .limit(limit)
    .execute()
}

export function updateGroup(
  db: Db,
  groupId: GroupId,
  changes: Pick<Updateable<GroupTable>, 'name'>,
): Promise<GroupRow | undefined> {
  return db
    .updateTable('groups')
    .set({ ...changes, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', groupId)
    .returningAll()
    .returning(memberCount)
    .executeTakeFirst()
}

/** Gives whether there was one. What was granted to it goes with it. */
export async function deleteGroup(db: Db, groupId: GroupId): Promise<boolean> {
  const result = await db.deleteFrom('groups').where('id', '=', groupId).executeTakeFirst()
  return result.numDeletedRows > 0n
}
