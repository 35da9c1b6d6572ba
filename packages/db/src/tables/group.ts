import type { GroupId, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface GroupTable {
  id: GroupId
  name: string
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface GroupMemberTable {
  group_id: GroupId
  user_id: UserId
  created_at: Generated<Date>
}
