import type { Group, GroupMember } from '@kickstartmyai/contract'
import type { GroupMemberRow, GroupRow } from '@kickstartmyai/db'

export function toGroupView(row: GroupRow): Group {
  return {
    id: row.id,
    name: row.name,
    memberCount: row.member_count,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

export function toMemberView(row: GroupMemberRow): GroupMember {
  return { userId: row.user_id, email: row.email, fullName: row.full_name, createdAt: row.created_at.toISOString() }
}
