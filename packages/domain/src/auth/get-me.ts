import type { User } from '@kickstartmyai/contract'
import { findUser } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toUserView } from './to-user-view.ts'

/** The caller's own account. */
export async function getMe(deps: Deps, actor: Actor): Promise<User> {
  const user = await findUser(deps.db, actor.userId)
  if (!user) throw notFound('user')
  return toUserView(user)
}
