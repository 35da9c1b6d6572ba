import type { UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

/** A token that was mailed to a person and was not used yet. */
export interface UserTokenTable {
  user_id: UserId
  kind: UserTokenKind
  token_hash: string
  /** The address to which it was mailed. */
  email: string
  created_at: Generated<Date>
  expires_at: Date
}

export type UserTokenKind = 'verify_email' | 'reset_password'
