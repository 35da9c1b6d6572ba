import type { Account } from '@kickstartmyai/contract'
import type { AccountRow } from '@kickstartmyai/db'
import { toUserView } from '../auth/to-user-view.ts'

export function toAccountView(row: AccountRow): Account {
  return {
    ...toUserView(row),
    status: row.status === 'active' ? 'active' : 'suspended',
    pendingEmail: row.pending_email,
    totpEnabled: row.totp_enabled,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }
}
