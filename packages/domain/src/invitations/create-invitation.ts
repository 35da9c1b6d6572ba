import type { CreateInvitationInput, Invitation, InvitationId } from '@kickstartmyai/contract'
import { findUserByEmail, inTransaction, putInvitation } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { requestMail } from '../mail/request-mail.ts'
import { emailTaken } from '../users/insert-person.ts'
import { toInvitationView } from './to-invitation-view.ts'

/**
 * Invites somebody to make an account: a link is mailed to them, in place of one from before. Throws EMAIL_TAKEN, and
 * FORBIDDEN where registration is closed.
 */
export async function createInvitation(deps: Deps, actor: Actor, input: CreateInvitationInput): Promise<Invitation> {
  if (deps.accounts.registration === 'closed') {
    throw new DomainError('FORBIDDEN', 'Registration is closed here. Make an account for them instead.')
  }
  if (await findUserByEmail(deps.db, input.email)) throw emailTaken()
  const invitation = await inTransaction(deps.db, async (tx) => {
    const row = await putInvitation(tx, {
      id: deps.newId() as InvitationId,
      email: input.email,
      role: input.role,
      token_hash: null,
      invited_by: actor.userId,
      expires_at: new Date(deps.clock.now() + deps.accounts.inviteSeconds * 1000),
    })
    const details = { role: input.role }
    await writeAudit(deps, tx, actor, { action: 'invitation.created', object: ['invitation', row.id], details })
    return row
  })
  await requestMail(deps, 'invitation', invitation.id)
  return toInvitationView(invitation)
}
