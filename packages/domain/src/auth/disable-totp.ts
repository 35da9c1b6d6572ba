import type { ProveInput } from '@kickstartmyai/contract'
import { deleteTotpFactor, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { requestMail } from '../mail/request-mail.ts'
import { checkPassword } from './check-password.ts'
import { checkSecondFactor } from './check-second-factor.ts'

/** Takes the caller's second factor away. Throws INVALID_CREDENTIALS, TOTP_REQUIRED and RATE_LIMITED. */
export async function disableTotp(deps: Deps, actor: Actor, { password, ...given }: ProveInput): Promise<void> {
  await checkPassword(deps, actor, password)
  await checkSecondFactor(deps, actor.userId, given, actor.origin)
  const wasThere = await inTransaction(deps.db, async (tx) => {
    if (!(await deleteTotpFactor(tx, actor.userId))) return false
    await writeAudit(deps, tx, actor, { action: 'totp.disabled', object: ['user', actor.userId] })
    return true
  })
  if (wasThere) await requestMail(deps, 'totp-disabled', actor.userId)
}
