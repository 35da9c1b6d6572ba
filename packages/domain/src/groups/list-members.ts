import type { GroupMember, ListMembersInput, Page } from '@kickstartmyai/contract'
import { findGroup, listMembers as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'
import { toMemberView } from './to-group-view.ts'

/** A group's members, the newest first. Throws FORBIDDEN and NOT_FOUND. */
export async function listMembers({ db }: Deps, actor: Actor, input: ListMembersInput): Promise<Page<GroupMember>> {
  checkRole(actor, rolePermissions['group.manage'])
  const { groupId, limit, cursor } = input
  if (!(await findGroup(db, groupId))) throw notFound('group')
  const rows = await listRows(db, groupId, { limit: limit + 1, after: fromCursor(cursor) })
  return toPage(rows, limit, toMemberView, (row) => ({ at: row.created_at, id: row.user_id }))
}
