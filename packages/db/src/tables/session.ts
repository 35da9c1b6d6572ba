import type { SessionId, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface SessionTable {
  id: SessionId
  user_id: UserId
  refresh_hash: string
  previous_refresh_hash: string | null
  rotated_at: Date | null
  user_agent: string | null
  address: string | null
  created_at: Generated<Date>
  last_used_at: Generated<Date>
  expires_at: Date
  revoked_at: Date | null
}
