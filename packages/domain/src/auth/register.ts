import type { AuthSession, RegisterInput, UserId } from '@kickstartmyai/contract'
import { inTransaction, insertUser, isUniqueViolation } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { insertStarterAgent } from '../agents/starter-agent.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { limitRules } from '../limits/limit-rules.ts'
import { refuseFlood } from '../limits/refuse-flood.ts'
import { openSession } from './open-session.ts'
import { hashPassword } from './password.ts'

/** Makes an account with an agent to begin with, and signs it in. Throws EMAIL_TAKEN, and RATE_LIMITED for a flood of them. */
export async function register(deps: Deps, input: RegisterInput, origin: Origin): Promise<AuthSession> {
  await refuseFlood(deps, limitRules.registrationsOfAddress, origin)
  const passwordHash = await hashPassword(deps, input.password)
  try {
    return await inTransaction(deps.db, async (tx) => {
      const user = await insertUser(tx, {
        id: deps.newId() as UserId,
        email: input.email,
        full_name: input.fullName ?? null,
        password_hash: passwordHash,
      })
      await insertStarterAgent(deps, tx, user.id)
      const session = await openSession(deps, tx, user, origin)
      await writeAudit(deps, tx, { userId: null, origin }, { action: 'user.registered', object: ['user', user.id] })
      return session
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'users_email_key')) throw error
    throw new DomainError('EMAIL_TAKEN', 'There is an account with this e-mail address already. Sign in instead.')
  }
}
