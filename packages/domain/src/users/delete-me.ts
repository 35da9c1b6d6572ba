import type { DeleteMeInput } from '@kickstartmyai/contract'
import type { Actor } from '../actor.ts'
import { checkPassword } from '../auth/check-password.ts'
import type { Deps } from '../deps.ts'
import { deleteUser } from './delete-user.ts'

/** Deletes the caller with all that is theirs, at once and for good. Throws INVALID_CREDENTIALS, CONFLICT. */
export async function deleteMe(deps: Deps, actor: Actor, { password }: DeleteMeInput): Promise<void> {
  await checkPassword(deps, actor, password)
  await deleteUser(deps, actor, actor.userId)
}
