import type { EmailRef } from '@kickstartmyai/contract'
import type { Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { mailIfThere } from '../mail/mail-if-there.ts'

/** Has the link that verifies an address mailed once more, if there is such an account. Throws RATE_LIMITED for a flood. */
export function requestEmailVerification(deps: Deps, { email }: EmailRef, origin: Origin): Promise<void> {
  return mailIfThere(deps, 'verify-email', email, origin)
}
