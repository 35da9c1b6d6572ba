import { z } from 'zod'
import { MailId } from './ids.ts'
import { Timestamp } from './time.ts'

/** A mail that was kept because no SMTP server is configured. */
export const OutboxMail = z.object({
  id: MailId,
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  createdAt: Timestamp,
})
export type OutboxMail = z.infer<typeof OutboxMail>
