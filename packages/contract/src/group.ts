import { z } from 'zod'
import { GroupId, UserId } from './ids.ts'
import { limits } from './limits.ts'
import { PageQuery } from './page.ts'
import { Timestamp } from './time.ts'

/** People to whom something can be granted together. */
export const Group = z.object({
  id: GroupId,
  name: z.string(),
  memberCount: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Group = z.infer<typeof Group>

export const GroupMember = z.object({
  userId: UserId,
  email: z.string(),
  fullName: z.string().nullable(),
  /** Since when they are a member. */
  createdAt: Timestamp,
})
export type GroupMember = z.infer<typeof GroupMember>

const GroupName = z.string().trim().min(1).max(limits.groupNameLength)

export const CreateGroupInput = z.strictObject({ name: GroupName })
export type CreateGroupInput = z.infer<typeof CreateGroupInput>

export const UpdateGroupInput = z.strictObject({ groupId: GroupId, name: GroupName.optional() })
export type UpdateGroupInput = z.infer<typeof UpdateGroupInput>

export const GroupRef = z.strictObject({ groupId: GroupId })

export const ListMembersInput = PageQuery.extend({ groupId: GroupId })
export type ListMembersInput = z.infer<typeof ListMembersInput>

export const GroupMemberRef = z.strictObject({ groupId: GroupId, userId: UserId })
export type GroupMemberRef = z.infer<typeof GroupMemberRef>
