import type { User } from '@kickstartmyai/contract'
import type { UserRow } from '@kickstartmyai/db'

export function toUserView(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    fullName: row.full_name,
    role: row.role,
    emailVerified: row.email_verified_at !== null,
    createdAt: row.created_at.toISOString(),
  }
}
