import { type ProviderKey, VendorName } from '@kickstartmyai/contract'
import type { SecretRow } from '@kickstartmyai/db'

export function toProviderKeyView(row: SecretRow): ProviderKey {
  return {
    provider: VendorName.parse(row.name),
    lastFour: row.last_four,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
