import type { UserId } from '@kickstartmyai/contract'
import { eraseConversations, eraseUser as eraseRow } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { stopWork, workIsOver } from './close-account.ts'

/** So many at a time that no statement takes long. */
const conversationsAtATime = 20

/** Erases a person whose account is closed: what runs is stopped first, then all that is theirs goes. May be repeated. */
export async function eraseUser(deps: Deps, userId: UserId): Promise<void> {
  await stopWork(deps, userId, 'leaving')
  await workIsOver(deps, userId)
  while ((await eraseConversations(deps.db, userId, conversationsAtATime)) > 0);
  await eraseRow(deps.db, userId)
}
