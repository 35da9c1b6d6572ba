import type { Invitation } from '@kickstartmyai/contract'
import type { InvitationRow } from '@kickstartmyai/db'

export function toInvitationView(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}
