import type { Access, GrantLevel, UserId } from '@kickstartmyai/contract'
import { type RawBuilder, sql } from 'kysely'
import type { GrantNoun } from '../tables/grant.ts'

/**
 * Who asks for things of a noun, and which grants are enough for what they want to do; the domain's policy makes it.
 * The owner needs no grant.
 */
export interface Scope<Noun extends GrantNoun | 'execution' = GrantNoun> {
  noun: Noun
  userId: UserId
  levels: readonly GrantLevel[]
}

/**
 * The same for executions, which are reached through their conversation. Whoever set one off: that is `enough`, or is
 * `needed` beside the right in the conversation, or makes no difference.
 */
export interface ExecutionScope extends Scope<'execution'> {
  sender: 'enough' | 'needed' | 'no matter'
}

type Sql = RawBuilder<unknown>

/** Whether a row of `grants g` is for this person: by name, for everyone, or for a group that they are in. */
const reaches = (userId: UserId | Sql): Sql => sql`(g.user_id = ${userId}
  or (g.user_id is null and g.group_id is null)
  or exists (select 1 from group_members gm where gm.group_id = g.group_id and gm.user_id = ${userId}))`

/** Whether the person holds a grant on the thing, of one of these levels. */
export const isGranted = (noun: GrantNoun, id: Sql, userId: UserId | Sql, levels: readonly GrantLevel[]) =>
  sql<boolean>`exists (select 1 from grants g
    where g.object_type = ${sql.lit(noun)} and g.object_id = ${id} and g.level = any(${levels}::text[])
      and ${reaches(userId)})`

/** Whether an asker may, with the row of `agents` or `conversations`. */
export const may = ({ noun, userId, levels }: Scope) =>
  levels.length === 0
    ? sql<boolean>`${sql.table(`${noun}s`)}.owner_id = ${userId}`
    : sql<boolean>`(${sql.table(`${noun}s`)}.owner_id = ${userId}
        or ${isGranted(noun, sql`${sql.table(`${noun}s`)}.id`, userId, levels)})`

/** The things that were granted to an asker, whoever owns them. */
export const grantedIds = ({ noun, userId, levels }: Scope) => sql<string>`any(array(
  select g.object_id from grants g
  where g.object_type = ${sql.lit(noun)} and g.level = any(${levels}::text[]) and ${reaches(userId)}))`

/** Whether an asker may, with the row of `executions`. */
export function mayExecution({ userId, levels, sender }: ExecutionScope) {
  const isSender = sql`executions.owner_id = ${userId}`
  const inConversation = sql`exists (select 1 from conversations c
    where c.id = executions.conversation_id
      and (c.owner_id = ${userId} or ${isGranted('conversation', sql`c.id`, userId, levels)}))`
  if (sender === 'enough') return sql<boolean>`(${isSender} or ${inConversation})`
  return sender === 'needed' ? sql<boolean>`(${isSender} and ${inConversation})` : sql<boolean>`${inConversation}`
}

/** What every reader of an agent or a conversation is told: what they are to it, and whose it is. */
export interface AccessColumns {
  access: Access
  owner_name: string | null
}

export const accessColumns = (noun: GrantNoun, userId: UserId) => {
  const table = sql.table(`${noun}s`)
  return [
    sql<Access>`case when ${table}.owner_id = ${userId} then 'owner' else (
      select g.level from grants g
      where g.object_type = ${sql.lit(noun)} and g.object_id = ${table}.id and ${reaches(userId)}
      order by array_position('{manager,editor,viewer}', g.level) limit 1) end`.as('access'),
    sql<string | null>`(select full_name from users where users.id = ${table}.owner_id)`.as('owner_name'),
  ] as const
}
