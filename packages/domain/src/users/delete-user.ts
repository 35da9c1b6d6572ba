import type { UserId } from '@kickstartmyai/contract'
import { inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { closeAccount } from './close-account.ts'
import { eraseUser } from './erase-user.ts'

/**
 * Deletes a person with all that is theirs. Only the audit log keeps their id. Should this process die in the middle, another
 * one finishes. Throws NOT_FOUND, and CONFLICT for the last administrator.
 */
export async function deleteUser(deps: Deps, actor: Actor, userId: UserId): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await closeAccount(tx, userId, 'leaving')
    await writeAudit(deps, tx, actor, { action: 'user.deleted', object: ['user', userId] })
  })
  await eraseUser(deps, userId)
}
