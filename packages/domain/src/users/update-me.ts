import type { Account, UpdateMeInput } from '@kickstartmyai/contract'
import { inTransaction, updateUser } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import { checkPassword } from '../auth/check-password.ts'
import type { Deps } from '../deps.ts'
import { requestMail } from '../mail/request-mail.ts'
import { getAccount } from './get-account.ts'

/**
 * Changes the caller's name and address. A new address needs the password (INVALID_CREDENTIALS) and takes effect when the
 * link that is mailed to it was followed; the old one is told. Whether somebody else has it is not told here.
 */
export async function updateMe(
  deps: Deps,
  actor: Actor,
  { fullName, email, password }: UpdateMeInput,
): Promise<Account> {
  const isNewEmail = email !== undefined && email !== (await checkPassword(deps, actor, password)).email
  await inTransaction(deps.db, async (tx) => {
    const changes = {
      ...(fullName !== undefined && { full_name: fullName }),
      // Asking for the address that one has takes back the wish for another.
      ...(email !== undefined && { pending_email: isNewEmail ? email : null }),
    }
    await updateUser(tx, actor.userId, changes)
    const action = isNewEmail ? 'email.change_requested' : 'user.updated'
    const details = { fields: Object.keys(changes) }
    await writeAudit(deps, tx, actor, { action, object: ['user', actor.userId], details })
  })
  if (isNewEmail) {
    await requestMail(deps, 'verify-email', actor.userId)
    await requestMail(deps, 'email-change-requested', actor.userId)
  }
  return getAccount(deps, actor)
}
