import type { GroupId } from '@kickstartmyai/contract'
import { deleteGroup as deleteRow, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'

/** Deletes a group, and with it what was granted to it; its members stay. Throws FORBIDDEN and NOT_FOUND. */
export async function deleteGroup(deps: Deps, actor: Actor, groupId: GroupId): Promise<void> {
  checkRole(actor, rolePermissions['group.manage'])
  await inTransaction(deps.db, async (tx) => {
    if (!(await deleteRow(tx, groupId))) throw notFound('group')
    await writeAudit(deps, tx, actor, { action: 'group.deleted', object: ['group', groupId] })
  })
}
