import type { Registration } from '@kickstartmyai/contract'

/** What the operator decides about accounts. */
export interface AccountSettings {
  registration: Registration
  /** `required`: nobody signs in before their address was verified. */
  emailVerification: 'off' | 'required'
  /** The address that links in mails begin with. From configuration or from listening, never from a request. */
  publicUrl: () => string
  /** How long a link can be used. */
  verifySeconds: number
  resetSeconds: number
  inviteSeconds: number
  /** A person is sent no second mail of a kind within this time. */
  mailPauseSeconds: number
}

export const defaultAccountSettings: Omit<AccountSettings, 'publicUrl'> = {
  registration: 'open',
  emailVerification: 'off',
  verifySeconds: 24 * 3600,
  resetSeconds: 30 * 60,
  inviteSeconds: 7 * 24 * 3600,
  mailPauseSeconds: 60,
}
