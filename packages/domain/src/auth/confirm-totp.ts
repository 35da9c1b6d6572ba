import type { ConfirmTotpInput, RecoveryCodes } from '@kickstartmyai/contract'
import { confirmTotpFactor, findTotpFactor, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { requestMail } from '../mail/request-mail.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { matchingStep, totpSecret } from './totp.ts'

/**
 * Puts the caller's second factor in force and gives the recovery codes. Throws CONFLICT when none was begun, or one is in
 * force, and INVALID_CREDENTIALS for a code of another secret.
 */
export async function confirmTotp(deps: Deps, actor: Actor, { totp }: ConfirmTotpInput): Promise<RecoveryCodes> {
  const factor = await findTotpFactor(deps.db, actor.userId)
  if (!factor || factor.confirmed_at) throw nothingToConfirm()
  const secret = totpSecret(deps.auth, actor.userId, factor.nonce)
  const step = matchingStep(secret, totp, deps.clock.now())
  if (step === null) {
    throw new DomainError('INVALID_CREDENTIALS', 'The code is wrong. Check the clock of the device that shows it.')
  }
  const recoveryCodes = await inTransaction(deps.db, async (tx) => {
    if (!(await confirmTotpFactor(tx, factor, step))) throw nothingToConfirm()
    await writeAudit(deps, tx, actor, { action: 'totp.enabled', object: ['user', actor.userId] })
    return renewRecoveryCodes(tx, actor.userId)
  })
  await requestMail(deps, 'totp-enabled', actor.userId)
  return { recoveryCodes }
}

const nothingToConfirm = () => new DomainError('CONFLICT', 'There is no second factor to confirm. Begin one first.')
