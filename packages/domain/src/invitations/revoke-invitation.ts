import type { InvitationId } from '@kickstartmyai/contract'
import { deleteInvitation, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Takes an invitation back: its link is not good any more. Throws NOT_FOUND. */
export async function revokeInvitation(deps: Deps, actor: Actor, invitationId: InvitationId): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await deleteInvitation(tx, invitationId))) throw notFound('invitation')
    await writeAudit(deps, tx, actor, { action: 'invitation.revoked', object: ['invitation', invitationId] })
  })
}
