import type { VerifyEmailInput } from '@kickstartmyai/contract'
import {
  dropUserTokens,
  findUserToken,
  inTransaction,
  isUniqueViolation,
  lockUser,
  takeUserToken,
  updateUser,
} from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { emailTaken } from '../users/insert-person.ts'
import { hashOneTimeToken } from './one-time-token.ts'
import { tokenInvalid } from './token-invalid.ts'

/**
 * Takes the link that was mailed to an address as the proof that it is the person's: of a new one, that it takes the old
 * one's place. Throws TOKEN_INVALID, and EMAIL_TAKEN when somebody else has got the address meanwhile.
 */
export async function verifyEmail(deps: Deps, { token }: VerifyEmailInput, origin: Origin): Promise<void> {
  const hash = hashOneTimeToken(token)
  const found = await findUserToken(deps.db, 'verify_email', hash)
  if (!found) throw tokenInvalid()
  try {
    await inTransaction(deps.db, async (tx) => {
      const user = await lockUser(tx, found.user_id)
      const taken = await takeUserToken(tx, 'verify_email', hash)
      if (!taken || user?.status !== 'active') throw tokenInvalid()
      const isNew = taken.email === user.pending_email
      if (!isNew && taken.email !== user.email) throw tokenInvalid()
      await updateUser(tx, user.id, {
        email: taken.email,
        email_verified_at: new Date(deps.clock.now()),
        ...(isNew && { pending_email: null }),
      })
      // A link to a new password that lies in the old mailbox must not outlive it.
      if (isNew) await dropUserTokens(tx, user.id)
      await writeAudit(deps, tx, { userId: null, origin }, { action: 'email.verified', object: ['user', user.id] })
    })
  } catch (error) {
    throw isUniqueViolation(error, 'users_email_key') ? emailTaken() : error
  }
}
