import type { Role, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface UserTable {
  id: UserId
  email: string
  full_name: string | null
  password_hash: string
  role: Generated<Role>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
