import type { Role, UserId, UserStatus } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface UserTable {
  id: UserId
  email: string
  full_name: string | null
  /** Null: added by an administrator, and no password was chosen yet. */
  password_hash: string | null
  role: Generated<Role>
  /** `leaving`: everything of theirs is being erased. */
  status: Generated<UserStatus | 'leaving'>
  email_verified_at: Generated<Date | null>
  /** An address that waits for its verification. */
  pending_email: Generated<string | null>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
