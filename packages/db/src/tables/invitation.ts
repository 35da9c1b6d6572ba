import type { InvitationId, Role, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface InvitationTable {
  id: InvitationId
  email: string
  role: Role
  /** Null until the mail is written. */
  token_hash: string | null
  invited_by: UserId
  created_at: Generated<Date>
  expires_at: Date
}
