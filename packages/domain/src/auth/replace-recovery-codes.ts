import type { ProveInput, RecoveryCodes } from '@kickstartmyai/contract'
import { findTotpFactor, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { checkPassword } from './check-password.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'

/**
 * Gives the caller new recovery codes; those before are not good any more. Throws INVALID_CREDENTIALS, TOTP_REQUIRED,
 * RATE_LIMITED, and CONFLICT without a second factor.
 */
export async function replaceRecoveryCodes(
  deps: Deps,
  actor: Actor,
  { password, ...given }: ProveInput,
): Promise<RecoveryCodes> {
  await checkPassword(deps, actor, password)
  const factor = await findTotpFactor(deps.db, actor.userId)
  if (!factor?.confirmed_at) throw new DomainError('CONFLICT', 'There is no second factor to recover.')
  await checkSecondFactor(deps, actor.userId, given, actor.origin)
  const recoveryCodes = await inTransaction(deps.db, async (tx) => {
    await writeAudit(deps, tx, actor, { action: 'recovery_codes.renewed', object: ['user', actor.userId] })
    return renewRecoveryCodes(tx, actor.userId)
  })
  return { recoveryCodes }
}
