import type { ConfirmPasswordResetInput } from '@kickstartmyai/contract'
import {
  dropUserTokens,
  findUserToken,
  inTransaction,
  lockUser,
  revokeSessions,
  takeUserToken,
  updateUser,
} from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { requestMail } from '../mail/request-mail.ts'
import { checkNewPassword } from './check-new-password.ts'
import { hashOneTimeToken } from './one-time-token.ts'
import { hashPassword } from './password.ts'
import { tokenInvalid } from './token-invalid.ts'

/**
 * Sets a new password by a link that was mailed, and ends all sessions. A second factor stays. Throws TOKEN_INVALID, and
 * VALIDATION_FAILED for a password that anybody would guess, which leaves the link good.
 */
export async function confirmPasswordReset(
  deps: Deps,
  { token, newPassword }: ConfirmPasswordResetInput,
  origin: Origin,
): Promise<void> {
  const hash = hashOneTimeToken(token)
  // Nobody makes us hash passwords with tokens that they have made up.
  const found = await findUserToken(deps.db, 'reset_password', hash)
  if (!found) throw tokenInvalid()
  checkNewPassword(newPassword, found.email, 'newPassword')
  const passwordHash = await hashPassword(deps, newPassword)
  const userId = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, found.user_id)
    const taken = await takeUserToken(tx, 'reset_password', hash)
    if (!taken || user?.status !== 'active' || user.email !== taken.email) throw tokenInvalid()
    // Who reads the mail has shown that the address is theirs.
    const verifiedAt = user.email_verified_at ?? new Date(deps.clock.now())
    await updateUser(tx, user.id, { password_hash: passwordHash, email_verified_at: verifiedAt })
    await revokeSessions(tx, user.id, null)
    await dropUserTokens(tx, user.id)
    await writeAudit(deps, tx, { userId: null, origin }, { action: 'password.reset', object: ['user', user.id] })
    return user.id
  })
  await requestMail(deps, 'password-changed', userId)
}
