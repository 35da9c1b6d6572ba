import type { AuditEntry } from '@kickstartmyai/contract'
import type { AuditEntryRow } from '@kickstartmyai/db'

export function toAuditView(row: AuditEntryRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actorId: row.actor_id,
    sessionId: row.session_id,
    apiKeyId: row.api_key_id,
    object: row.object_type === null ? null : { type: row.object_type, id: row.object_id ?? '' },
    address: row.address,
    userAgent: row.user_agent,
    requestId: row.request_id,
    details: { ...row.details },
  }
}
