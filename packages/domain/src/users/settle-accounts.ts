import { deleteStale, findUnsettledUsers } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { stopWork } from './close-account.ts'
import { eraseUser } from './erase-user.ts'

/**
 * Finishes what a process that died has left of an erasure, stops what slipped in while an account was being suspended, and
 * throws away what is over.
 */
export async function settleAccounts(deps: Deps): Promise<void> {
  for (const { id, status } of await findUnsettledUsers(deps.db)) {
    deps.log.info({ userId: id, status }, 'something was left of an account that is closed')
    await (status === 'leaving' ? eraseUser(deps, id) : stopWork(deps, id, 'suspended'))
  }
  await deleteStale(deps.db)
}
