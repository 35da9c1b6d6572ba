import type { Principal, Share } from '@kickstartmyai/contract'
import type { Grantee, GrantRow } from '@kickstartmyai/db'

export function toShareView({
  user_id: userId,
  group_id: groupId,
  name,
  level,
  created_at: createdAt,
}: GrantRow): Share {
  const principal = userId ?? (groupId === null ? 'everyone' : `group:${groupId}`)
  return { principal, name, level, createdAt: createdAt.toISOString() }
}

export function toGrantee(principal: Principal): Grantee {
  return {
    user_id: principal.type === 'user' ? principal.userId : null,
    group_id: principal.type === 'group' ? principal.groupId : null,
  }
}
