import type { Role, UserId } from '@kickstartmyai/contract'
import { insertUser, isUniqueViolation, type Transaction, type UserRow } from '@kickstartmyai/db'
import { insertStarterAgent } from '../agents/starter-agent.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'

export interface NewPerson {
  email: string
  fullName: string | undefined
  passwordHash: string | null
  role: Role
  /** Whether it is known that mail to the address reaches them. */
  isVerified: boolean
}

/** Writes a new account with an agent to begin with. Throws EMAIL_TAKEN. */
export async function insertPerson(
  deps: Pick<Deps, 'clock' | 'newId' | 'tools'>,
  tx: Transaction,
  { email, fullName, passwordHash, role, isVerified }: NewPerson,
): Promise<UserRow> {
  try {
    const user = await insertUser(tx, {
      id: deps.newId() as UserId,
      email,
      full_name: fullName ?? null,
      password_hash: passwordHash,
      role,
      email_verified_at: isVerified ? new Date(deps.clock.now()) : null,
    })
    await insertStarterAgent(deps, tx, user.id)
    return user
  } catch (error) {
    throw isUniqueViolation(error, 'users_email_key') ? emailTaken() : error
  }
}

export const emailTaken = () =>
  new DomainError('EMAIL_TAKEN', 'There is an account with this e-mail address already. Sign in instead.')
