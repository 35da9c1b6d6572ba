import type { Account, UserId } from '@kickstartmyai/contract'
import { inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { closeAccount, stopWork } from './close-account.ts'
import { getUser } from './get-account.ts'

/**
 * Suspends somebody: they are signed out, what they have under way is stopped, and they cannot sign in before they are
 * activated again. Nothing of theirs is lost. Throws NOT_FOUND, and CONFLICT for the last administrator.
 */
export async function deactivateUser(deps: Deps, actor: Actor, userId: UserId): Promise<Account> {
  await inTransaction(deps.db, async (tx) => {
    await closeAccount(tx, userId, 'suspended')
    await writeAudit(deps, tx, actor, { action: 'user.suspended', object: ['user', userId] })
  })
  await stopWork(deps, userId, 'suspended')
  return getUser(deps, userId)
}
