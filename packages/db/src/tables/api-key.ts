import type { ApiKeyId, ApiKeyScope, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface ApiKeyTable {
  id: ApiKeyId
  user_id: UserId
  name: string
  scopes: ApiKeyScope[]
  /** SHA-256 of the key, in hex: it holds 256 random bits, so that nothing slower is needed. */
  key_hash: string
  last_four: string
  created_at: Generated<Date>
  expires_at: Date | null
  last_used_at: Generated<Date | null>
}
