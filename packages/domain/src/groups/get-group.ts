import type { Group, GroupId } from '@kickstartmyai/contract'
import { findGroup } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'
import { toGroupView } from './to-group-view.ts'

/** Throws FORBIDDEN and NOT_FOUND. */
export async function getGroup({ db }: Deps, actor: Actor, groupId: GroupId): Promise<Group> {
  checkRole(actor, rolePermissions['group.manage'])
  const row = await findGroup(db, groupId)
  if (!row) throw notFound('group')
  return toGroupView(row)
}
