import { findUserByEmail } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'
import type { MailKind } from '../jobs/send-mail-job.ts'
import { limitRules } from '../limits/limit-rules.ts'
import { refuseFlood } from '../limits/refuse-flood.ts'
import { leaveMail } from './request-mail.ts'

/**
 * Has somebody mailed who may have an account. Whether they have shows neither in the answer nor in its time: a job is left
 * in any case, which finds somebody or nobody later. Who asks too often for somebody's mail is told nothing either: the
 * last link that was sent stays good. Throws RATE_LIMITED for a flood from one address.
 */
export async function mailIfThere(deps: Deps, kind: MailKind, email: string, origin: Origin): Promise<void> {
  await refuseFlood(deps, limitRules.mailsOfAddress, origin)
  const isTooOften = (await deps.limiter.take(limitRules.mailsToAccount, `${kind} ${email}`)) > 0
  const user = await findUserByEmail(deps.db, email)
  if (!isTooOften) await leaveMail(deps, kind, user?.id ?? deps.newId())
}
