import type { Group, Page, PageQuery } from '@kickstartmyai/contract'
import { listGroups as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { hasRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'
import { toGroupView } from './to-group-view.ts'

/** The groups of which the caller is a member, newest first; for an administrator all there are. */
export async function listGroups({ db }: Deps, actor: Actor, { limit, cursor }: PageQuery): Promise<Page<Group>> {
  const memberId = hasRole(actor, rolePermissions['group.manage']) ? null : actor.userId
  const rows = await listRows(db, memberId, { limit: limit + 1, after: fromCursor(cursor) })
  return toPage(rows, limit, toGroupView, (row) => ({ at: row.created_at, id: row.id }))
}
