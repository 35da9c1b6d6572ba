import type { LimitRule } from './limiter.ts'

const minute = 60
const hour = 60 * minute

/** What an honest person never notices. A whole school behind one address may sign up in the same hour. */
export const limitRules = {
  registrationsOfAddress: { name: 'registrations-of-address', points: 300, seconds: hour },
  /** Mails that anyone can have sent: resets, verifications, invitations. */
  mailsOfAddress: { name: 'mails-of-address', points: 60, seconds: hour },
  mailsToAccount: { name: 'mails-to-account', points: 5, seconds: hour },
} satisfies Record<string, LimitRule>

/** How often may be guessed at a secret, by whom. Only wrong guesses count. */
export interface GuessRules {
  /** From a device on which this account was signed in before: nobody else can use this up. */
  device: LimitRule
  /** From an address, whatever the account. */
  address: LimitRule
  /** From an address, for one account. */
  accountAtAddress: LimitRule
  /** For an account, from wherever. When it is used up, places from which the account was never used are slowed … */
  account: LimitRule
  /** … to this. */
  stranger: LimitRule
}

export const guessRules: Record<'password' | 'code', GuessRules> = {
  password: {
    device: { name: 'password-device', points: 10, seconds: 15 * minute },
    address: { name: 'password-address', points: 100, seconds: 15 * minute },
    accountAtAddress: { name: 'password-account-at-address', points: 10, seconds: 15 * minute },
    account: { name: 'password-account', points: 50, seconds: hour },
    stranger: { name: 'password-stranger', points: 12, seconds: minute },
  },
  // Six digits are soon guessed; who gets so far knows the password.
  code: {
    device: { name: 'code-device', points: 5, seconds: 15 * minute },
    address: { name: 'code-address', points: 50, seconds: 15 * minute },
    accountAtAddress: { name: 'code-account-at-address', points: 5, seconds: 15 * minute },
    account: { name: 'code-account', points: 15, seconds: hour },
    stranger: { name: 'code-stranger', points: 6, seconds: hour },
  },
}
