import type { CreateGroupInput, Group, GroupId } from '@kickstartmyai/contract'
import { insertGroup, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'
import { refuseTakenName } from './refuse-taken-name.ts'
import { toGroupView } from './to-group-view.ts'

/** Makes a group without members. Throws FORBIDDEN, and CONFLICT when there is one of that name. */
export async function createGroup(deps: Deps, actor: Actor, { name }: CreateGroupInput): Promise<Group> {
  checkRole(actor, rolePermissions['group.manage'])
  return refuseTakenName(
    inTransaction(deps.db, async (tx) => {
      const row = await insertGroup(tx, { id: deps.newId() as GroupId, name })
      await writeAudit(deps, tx, actor, { action: 'group.created', object: ['group', row.id] })
      return toGroupView(row)
    }),
  )
}
