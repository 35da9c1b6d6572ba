import type { UserId } from '@kickstartmyai/contract'
import {
  dropUserTokens,
  hasActiveExecutions,
  lockUser,
  requestCancelOfAll,
  revokeSessions,
  type Transaction,
  updateUser,
} from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { stopExecutions } from '../executions/stop-executions.ts'
import { keepAnAdmin } from './last-admin.ts'

/**
 * Lets nobody in by this account any more: sessions end, mailed links are void, and the next request of any replica is
 * refused. Throws NOT_FOUND, and CONFLICT for the last administrator.
 */
export async function closeAccount(tx: Transaction, userId: UserId, status: 'suspended' | 'leaving'): Promise<void> {
  await keepAnAdmin(tx, userId)
  const user = await lockUser(tx, userId)
  if (!user || user.status === 'leaving') throw notFound('user')
  await updateUser(tx, userId, { status })
  await revokeSessions(tx, userId, null)
  await dropUserTokens(tx, userId)
}

const reasons = {
  suspended: 'It was stopped because the account was suspended.',
  leaving: 'It was stopped because the account was deleted.',
}

/** Stops all that an account has under way, in every replica; each says why. */
export async function stopWork(deps: Deps, userId: UserId, why: keyof typeof reasons): Promise<void> {
  const reason = { code: 'ACCOUNT_CLOSED' as const, message: reasons[why] }
  await stopExecutions(deps, (tx) => requestCancelOfAll(tx, userId, reason))
}

const lookEveryMs = 100
const longestWaitMs = 10_000

/** Resolves when nothing of an account runs any more, or after a while: what then still runs is refused its writes. */
export async function workIsOver({ db, clock }: Pick<Deps, 'db' | 'clock'>, userId: UserId): Promise<void> {
  for (let waited = 0; waited < longestWaitMs; waited += lookEveryMs) {
    if (!(await hasActiveExecutions(db, userId))) return
    await clock.sleep(lookEveryMs)
  }
}
