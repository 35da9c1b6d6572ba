import type { SessionId, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface SessionTable {
  id: SessionId
  user_id: UserId
  /** Counts the refreshes; a refresh token names the generation for which it was made. */
  generation: Generated<number>
  rotated_at: Generated<Date | null>
  user_agent: string | null
  address: string | null
  created_at: Generated<Date>
  last_used_at: Generated<Date>
  expires_at: Date
  revoked_at: Generated<Date | null>
}
