import type { ChangePasswordInput } from '@kickstartmyai/contract'
import { dropUserTokens, inTransaction, lockUser, revokeSessions, updateUser } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { requestMail } from '../mail/request-mail.ts'
import { checkNewPassword } from './check-new-password.ts'
import { checkPassword } from './check-password.ts'
import { hashPassword } from './password.ts'

/**
 * Changes the caller's password and ends all their other sessions; links that were mailed are not good any more. Throws
 * INVALID_CREDENTIALS when the current one is wrong, VALIDATION_FAILED for a new one that anybody would guess.
 */
export async function changePassword(deps: Deps, actor: Actor, input: ChangePasswordInput): Promise<void> {
  const user = await checkPassword(deps, actor, input.currentPassword)
  checkNewPassword(input.newPassword, user.email, 'newPassword')
  const passwordHash = await hashPassword(deps, input.newPassword)
  await inTransaction(deps.db, async (tx) => {
    const now = await lockUser(tx, user.id)
    if (now?.password_hash !== user.password_hash) {
      throw new DomainError('CONFLICT', 'The password was changed by somebody else just now.')
    }
    await updateUser(tx, user.id, { password_hash: passwordHash })
    await revokeSessions(tx, user.id, actor.sessionId)
    await dropUserTokens(tx, user.id)
    await writeAudit(deps, tx, actor, { action: 'password.changed', object: ['user', user.id] })
  })
  await requestMail(deps, 'password-changed', user.id)
}
