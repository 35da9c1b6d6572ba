import type { GroupMemberRef } from '@kickstartmyai/contract'
import { deleteMember, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { checkRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'

/** Takes a person out of a group, and away from what was granted to it. Throws FORBIDDEN and NOT_FOUND. */
export async function removeMember(deps: Deps, actor: Actor, { groupId, userId }: GroupMemberRef): Promise<void> {
  checkRole(actor, rolePermissions['group.manage'])
  await inTransaction(deps.db, async (tx) => {
    if (!(await deleteMember(tx, groupId, userId))) throw notFound('member')
    const details = { userId }
    await writeAudit(deps, tx, actor, { action: 'group.member_removed', object: ['group', groupId], details })
  })
}
