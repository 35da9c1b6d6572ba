import type { Account, UserId } from '@kickstartmyai/contract'
import { findAccount } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toAccountView } from './to-account-view.ts'

/** Anybody's account, for an administrator. Throws NOT_FOUND. */
export async function getUser({ db }: Pick<Deps, 'db'>, userId: UserId): Promise<Account> {
  const row = await findAccount(db, userId)
  if (!row) throw notFound('user')
  return toAccountView(row)
}

/** The caller's own account, with all that only they see. */
export function getAccount(deps: Pick<Deps, 'db'>, { userId }: Actor): Promise<Account> {
  return getUser(deps, userId)
}
