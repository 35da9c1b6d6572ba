import type { Group, UpdateGroupInput } from '@kickstartmyai/contract'
import { inTransaction, updateGroup as updateRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'
import { refuseTakenName } from './refuse-taken-name.ts'
import { toGroupView } from './to-group-view.ts'

/** Renames a group. Throws FORBIDDEN, NOT_FOUND, and CONFLICT when there is another one of that name. */
export async function updateGroup(deps: Deps, actor: Actor, { groupId, name }: UpdateGroupInput): Promise<Group> {
  checkRole(actor, rolePermissions['group.manage'])
  return refuseTakenName(
    inTransaction(deps.db, async (tx) => {
      const row = await updateRow(tx, groupId, name === undefined ? {} : { name })
      if (!row) throw notFound('group')
      await writeAudit(deps, tx, actor, { action: 'group.updated', object: ['group', groupId] })
      return toGroupView(row)
    }),
  )
}
