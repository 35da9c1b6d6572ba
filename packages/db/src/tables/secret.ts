import type { SecretId, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface SecretTable {
  id: SecretId
  owner_id: UserId
  kind: 'provider_key'
  /** Which one of its kind; one person has each at most once. */
  name: string
  /** The key that sealed it. */
  key_id: string
  sealed: string
  /** Empty for a secret of which four characters would be too much. */
  last_four: Generated<string>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
