import type { AuthSession, RegisterInput } from '@kickstartmyai/contract'
import { inTransaction, takeInvitation, type Transaction } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { limitRules } from '../limits/limit-rules.ts'
import { refuseFlood } from '../limits/refuse-flood.ts'
import { requestMail } from '../mail/request-mail.ts'
import { insertPerson } from '../users/insert-person.ts'
import { emailNotVerified } from './check-may-enter.ts'
import { checkNewPassword } from './check-new-password.ts'
import { hashOneTimeToken } from './one-time-token.ts'
import { openSession } from './open-session.ts'
import { hashPassword } from './password.ts'
import { tokenInvalid } from './token-invalid.ts'

/**
 * Makes an account with an agent to begin with, and signs it in. Throws FORBIDDEN where registration is closed or needs
 * an invitation, TOKEN_INVALID for one that is not good, EMAIL_TAKEN, RATE_LIMITED for a flood; and EMAIL_NOT_VERIFIED when the account was made but
 * its address has to be verified before anybody is signed in.
 */
export async function register(deps: Deps, input: RegisterInput, origin: Origin): Promise<AuthSession> {
  checkRegistration(deps, input)
  await refuseFlood(deps, limitRules.registrationsOfAddress, origin)
  checkNewPassword(input.password, input.email, 'password')
  const passwordHash = await hashPassword(deps, input.password)
  const { user, session } = await inTransaction(deps.db, async (tx) => {
    const role = await roleOfInvitation(tx, input)
    const { email, fullName } = input
    const made = await insertPerson(deps, tx, {
      email,
      fullName,
      passwordHash,
      role: role ?? 'user',
      isVerified: role !== null,
    })
    const mayEnter = made.email_verified_at !== null || deps.accounts.emailVerification === 'off'
    const opened = mayEnter ? await openSession(deps, tx, made, origin) : null
    await writeAudit(deps, tx, { userId: null, origin }, { action: 'user.registered', object: ['user', made.id] })
    return { user: made, session: opened }
  })
  if (!user.email_verified_at) await requestMail(deps, 'verify-email', user.id)
  if (!session) throw emailNotVerified()
  return session
}

function checkRegistration({ accounts: { registration } }: Deps, { invitation }: RegisterInput): void {
  if (registration === 'closed') {
    throw new DomainError('FORBIDDEN', 'Nobody can register here by themselves. Ask an administrator for an account.')
  }
  if (registration === 'invite' && invitation === undefined) {
    throw new DomainError('FORBIDDEN', 'Registration is by invitation. Ask an administrator to invite you.')
  }
}

/** The role that an invitation gives, which is used up by this; null without one. */
async function roleOfInvitation(tx: Transaction, { invitation: token, email }: RegisterInput) {
  if (token === undefined) return null
  const invitation = await takeInvitation(tx, hashOneTimeToken(token))
  // It was mailed to one address, and only who reads that mail has shown that it is theirs.
  if (invitation?.email !== email) throw tokenInvalid()
  return invitation.role
}
