import type { ApiKeyId, AuditAction, SessionId, UserId } from '@kickstartmyai/contract'
import type { ColumnType, Generated } from 'kysely'

export interface AuditEntryTable {
  id: string
  at: Generated<Date>
  /** Null: nobody was signed in, or the server did it by itself. */
  actor_id: UserId | null
  session_id: SessionId | null
  api_key_id: ApiKeyId | null
  action: AuditAction
  object_type: string | null
  object_id: string | null
  address: string | null
  user_agent: string | null
  request_id: string | null
  /** Never a secret. */
  details: ColumnType<object, string, never>
}
