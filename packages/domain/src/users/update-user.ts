import type { Account, UpdateUserInput } from '@kickstartmyai/contract'
import { deleteTotpFactor, inTransaction, lockUser, updateUser as updateRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { requestMail } from '../mail/request-mail.ts'
import { getUser } from './get-account.ts'
import { keepAnAdmin } from './last-admin.ts'

/**
 * Changes somebody's name or role, or takes a lost second factor away. A role counts from the next request on. Throws
 * NOT_FOUND, and CONFLICT for the last administrator.
 */
export async function updateUser(deps: Deps, actor: Actor, input: UpdateUserInput): Promise<Account> {
  const { userId, fullName, role, totpEnabled } = input
  const tookFactor = await inTransaction(deps.db, async (tx) => {
    if (role === 'user') await keepAnAdmin(tx, userId)
    const user = await lockUser(tx, userId)
    if (!user || user.status === 'leaving') throw notFound('user')
    await updateRow(tx, userId, { ...(fullName !== undefined && { full_name: fullName }), ...(role && { role }) })
    const took = totpEnabled === false && (await deleteTotpFactor(tx, userId))
    const { userId: _, ...given } = input
    const details = { fields: Object.keys(given), ...(role && { role }) }
    await writeAudit(deps, tx, actor, { action: 'user.updated', object: ['user', userId], details })
    if (took) await writeAudit(deps, tx, actor, { action: 'totp.disabled', object: ['user', userId] })
    return took
  })
  if (tookFactor) await requestMail(deps, 'totp-disabled', userId)
  return getUser(deps, userId)
}
