import { timingSafeEqual } from 'node:crypto'
import type { AuthSession, SetupInput } from '@kickstartmyai/contract'
import {
  findSetup,
  findUserByEmail,
  finishSetup,
  inTransaction,
  lockSetup,
  lockUser,
  revokeSessions,
  type SetupRow,
  type Transaction,
  updateUser,
  type UserRow,
} from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { insertPerson } from '../users/insert-person.ts'
import { checkNewPassword } from './check-new-password.ts'
import { hashOneTimeToken } from './one-time-token.ts'
import { openSession } from './open-session.ts'
import { hashPassword, verifyPassword } from './password.ts'

/**
 * Makes the first administrator, or makes one of who has an account and gives its password; signs them in. Works once:
 * of calls at the same time one wins. Throws FORBIDDEN when there is an administrator or the token is wrong,
 * INVALID_CREDENTIALS when the address has an account with another password.
 */
export async function setUp(deps: Deps, input: SetupInput, origin: Origin): Promise<AuthSession> {
  checkSetup(await findSetup(deps.db), input.token)
  const existing = await findUserByEmail(deps.db, input.email)
  // Somebody may have registered the operator's address in advance: only who knows its password is promoted.
  if (existing && !(await verifyPassword(deps, existing.password_hash, input.password))) {
    const message = 'There is an account with this address, and its password is another one.'
    throw new DomainError('INVALID_CREDENTIALS', message)
  }
  if (!existing) checkNewPassword(input.password, input.email, 'password')
  const passwordHash = existing ? null : await hashPassword(deps, input.password)
  return inTransaction(deps.db, async (tx) => {
    checkSetup(await lockSetup(tx), input.token)
    const user = existing
      ? await promote(deps, tx, existing)
      : await insertPerson(deps, tx, {
          ...input,
          fullName: input.fullName,
          passwordHash,
          role: 'admin',
          isVerified: true,
        })
    await finishSetup(tx)
    await writeAudit(deps, tx, { userId: null, origin }, { action: 'user.set_up', object: ['user', user.id] })
    return openSession(deps, tx, user, origin)
  })
}

function checkSetup(setup: SetupRow | undefined, token: string): void {
  if (!setup || setup.is_over) throw new DomainError('FORBIDDEN', 'This server has an administrator already.')
  if (timingSafeEqual(Buffer.from(setup.token_hash), Buffer.from(hashOneTimeToken(token)))) return
  throw new DomainError('FORBIDDEN', 'The set-up token is wrong. The server prints it when it starts.')
}

/** Whoever was signed in to the account before is signed out. */
async function promote({ clock }: Pick<Deps, 'clock'>, tx: Transaction, known: UserRow): Promise<UserRow> {
  const now = await lockUser(tx, known.id)
  const isSame = now?.password_hash === known.password_hash && now.status === 'active'
  const changes = { role: 'admin' as const, email_verified_at: now?.email_verified_at ?? new Date(clock.now()) }
  const user = isSame ? await updateUser(tx, known.id, changes) : undefined
  if (!user) throw new DomainError('CONFLICT', 'The account has just changed. Try again.')
  await revokeSessions(tx, user.id, null)
  return user
}
