import type { Account, CreateUserInput } from '@kickstartmyai/contract'
import { inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { requestMail } from '../mail/request-mail.ts'
import { getUser } from './get-account.ts'
import { insertPerson } from './insert-person.ts'

/** Makes an account for somebody, who is mailed a link to choose a password. Throws EMAIL_TAKEN. */
export async function createUser(
  deps: Deps,
  actor: Actor,
  { email, fullName, role }: CreateUserInput,
): Promise<Account> {
  const user = await inTransaction(deps.db, async (tx) => {
    const made = await insertPerson(deps, tx, { email, fullName, role, passwordHash: null, isVerified: false })
    await writeAudit(deps, tx, actor, { action: 'user.created', object: ['user', made.id], details: { role } })
    return made
  })
  await requestMail(deps, 'choose-password', user.id)
  return getUser(deps, user.id)
}
