import type { UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface TotpFactorTable {
  user_id: UserId
  /** What the secret is derived from. */
  nonce: string
  confirmed_at: Generated<Date | null>
  /** The time step of the last code that was taken; none is taken twice. */
  last_step: Generated<number>
}

export interface RecoveryCodeTable {
  user_id: UserId
  code_hash: string
}
