import type { GrantLevel, GroupId, UserId } from '@kickstartmyai/contract'
import { type Insertable, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { GrantNoun, GrantTable } from '../tables/grant.ts'

/** To whom: a person, a group, or (neither) everyone. */
export interface Grantee {
  user_id: UserId | null
  group_id: GroupId | null
}

export interface GrantRow extends Grantee {
  level: GrantLevel
  /** The person's or the group's name. */
  name: string | null
  created_at: Date
}

/** The grants on one thing, oldest first. Who may see them is for the caller to know. */
export async function listGrants(db: Db, noun: GrantNoun, objectId: string): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select g.user_id, g.group_id, g.level, coalesce(u.full_name, gr.name) as name, g.created_at
    from grants g left join users u on u.id = g.user_id left join groups gr on gr.id = g.group_id
    where g.object_type = ${noun} and g.object_id = ${objectId}
    order by g.created_at, g.user_id, g.group_id`.execute(db)
  return rows
}

/**
 * Grants a level in the place of the one before, if there was one. Gives undefined when there is no such person, or the
 * granting person neither is in that group nor `seesAllGroups`.
 */
export async function upsertGrant(
  db: Db,
  grant: Omit<Insertable<GrantTable>, 'granted_by' | 'created_at'>,
  grantedBy: UserId,
  seesAllGroups: boolean,
): Promise<GrantRow | undefined> {
  const { object_type, object_id, user_id, group_id, level } = grant
  const { rows } = await sql<GrantRow>`
    with whom as (
      select ${user_id}::uuid as user_id, ${group_id}::uuid as group_id,
        (select full_name from users where id = ${user_id}::uuid) as full_name,
        (select name from groups where id = ${group_id}::uuid) as group_name
      where (${user_id}::uuid is null or exists (select 1 from users where id = ${user_id}::uuid))
        and (${group_id}::uuid is null or exists (select 1 from groups where id = ${group_id}::uuid
          and (${seesAllGroups}::boolean or exists (
            select 1 from group_members where group_id = groups.id and user_id = ${grantedBy}))))),
    granted as (
      insert into grants (object_type, object_id, user_id, group_id, level, granted_by)
      select ${object_type}, ${object_id}::uuid, user_id, group_id, ${level}, ${grantedBy}::uuid from whom
      on conflict (object_type, object_id, user_id, group_id)
        do update set level = excluded.level, granted_by = excluded.granted_by
      returning user_id, group_id, level, created_at)
    select granted.*, coalesce(whom.full_name, whom.group_name) as name from granted, whom`.execute(db)
  return rows[0]
}

/** How many grants there are on a thing. */
export async function countGrants(db: Db, noun: GrantNoun, objectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('grants')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('object_type', '=', noun)
    .where('object_id', '=', objectId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Gives whether there was such a grant. */
export async function deleteGrant(
  db: Db,
  noun: GrantNoun,
  objectId: string,
  { user_id, group_id }: Grantee,
): Promise<boolean> {
  const result = await db
    .deleteFrom('grants')
    .where('object_type', '=', noun)
    .where('object_id', '=', objectId)
    .where('user_id', 'is not distinct from', user_id)
    .where('group_id', 'is not distinct from', group_id)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
