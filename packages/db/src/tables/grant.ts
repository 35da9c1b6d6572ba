import type { GrantLevel, GroupId, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

/** What grants are on. */
export type GrantNoun = 'agent' | 'conversation'

export interface GrantTable {
  object_type: GrantNoun
  object_id: string
  /** To whom: a person, or a group; both null: everyone. */
  user_id: UserId | null
  group_id: GroupId | null
  level: GrantLevel
  granted_by: UserId | null
  created_at: Generated<Date>
}
