import type { EmailRef } from '@kickstartmyai/contract'
import type { Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { mailIfThere } from '../mail/mail-if-there.ts'

/** Has a link to choose a new password mailed, if there is such an account. Throws RATE_LIMITED for a flood. */
export function requestPasswordReset(deps: Deps, { email }: EmailRef, origin: Origin): Promise<void> {
  return mailIfThere(deps, 'reset-password', email, origin)
}
