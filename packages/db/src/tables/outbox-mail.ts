import type { MailId, UserId } from '@kickstartmyai/contract'
import type { Generated } from 'kysely'

export interface OutboxMailTable {
  id: MailId
  /** To whom it belongs; null for somebody without an account. */
  user_id: UserId | null
  recipient: string
  subject: string
  body_text: string
  body_html: string
  created_at: Generated<Date>
}
