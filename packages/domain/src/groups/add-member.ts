import type { GroupMemberRef } from '@kickstartmyai/contract'
import { findGroup, insertMember, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'

/** Makes a person a member of a group; who is one already stays one. Throws FORBIDDEN and NOT_FOUND (group or user). */
export async function addMember(deps: Deps, actor: Actor, { groupId, userId }: GroupMemberRef): Promise<void> {
  checkRole(actor, rolePermissions['group.manage'])
  await inTransaction(deps.db, async (tx) => {
    if (!(await findGroup(tx, groupId))) throw notFound('group')
    const isNew = await insertMember(tx, groupId, userId)
    if (isNew === undefined) throw notFound('user')
    const details = { userId }
    if (isNew) await writeAudit(deps, tx, actor, { action: 'group.member_added', object: ['group', groupId], details })
  })
}
