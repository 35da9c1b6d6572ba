import type { UserId } from '@kickstartmyai/contract'
import { findTotpFactor, takeRecoveryCode, takeTotpStep, type TotpFactorRow } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { guardGuess } from '../limits/guard-guess.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { matchingStep, totpSecret } from './totp.ts'

export interface GivenFactor {
  totp?: string | undefined
  recoveryCode?: string | undefined
}

type FactorDeps = Pick<Deps, 'db' | 'clock' | 'newId' | 'auth' | 'limiter'>

/**
 * Lets a person pass whose account has no second factor, or who has just proved it; the code is used up. Throws
 * TOTP_REQUIRED without one, INVALID_CREDENTIALS for a wrong or used one, RATE_LIMITED after many. Recovery codes, which
 * nobody can guess, are always looked at, so that whoever has found out a password cannot lock its owner out.
 */
export async function checkSecondFactor(
  deps: FactorDeps,
  userId: UserId,
  given: GivenFactor,
  origin: Origin,
): Promise<void> {
  const factor = await findTotpFactor(deps.db, userId)
  if (!factor?.confirmed_at) return
  const { totp, recoveryCode } = given
  if (totp === undefined && recoveryCode === undefined) {
    throw new DomainError('TOTP_REQUIRED', 'Send the code of your authenticator app as well, or a recovery code.')
  }
  const isGood =
    recoveryCode === undefined
      ? await guardGuess(deps, { at: 'code', account: userId, userId, origin }, () =>
          takeTotp(deps, factor, totp ?? ''),
        )
      : await takeRecoveryCode(deps.db, userId, hashRecoveryCode(userId, recoveryCode))
  if (isGood) return
  await writeAudit(deps, deps.db, { userId: null, origin }, { action: 'totp.refused', object: ['user', userId] })
  throw new DomainError('INVALID_CREDENTIALS', 'The code is wrong, or was used before. Wait for the next one.')
}

async function takeTotp(deps: FactorDeps, { user_id: userId, nonce }: TotpFactorRow, code: string) {
  const step = matchingStep(totpSecret(deps.auth, userId, nonce), code, deps.clock.now())
  return step !== null && (await takeTotpStep(deps.db, userId, step)) ? true : null
}
