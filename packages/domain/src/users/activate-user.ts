import type { Account, UserId } from '@kickstartmyai/contract'
import { inTransaction, lockUser, updateUser } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { getUser } from './get-account.ts'

/** Lets somebody who was suspended sign in again. Throws NOT_FOUND. */
export async function activateUser(deps: Deps, actor: Actor, userId: UserId): Promise<Account> {
  await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user || user.status === 'leaving') throw notFound('user')
    await updateUser(tx, userId, { status: 'active' })
    await writeAudit(deps, tx, actor, { action: 'user.activated', object: ['user', userId] })
  })
  return getUser(deps, userId)
}
