import { z } from 'zod'
import { defineJob } from './job.ts'

/** Every mail that is sent; all but invitations are to a person with an account, whose id is named. */
export const MailKind = z.enum([
  'verify-email',
  'reset-password',
  'choose-password',
  'invitation',
  'password-changed',
  'email-change-requested',
  'totp-enabled',
  'totp-disabled',
])
export type MailKind = z.infer<typeof MailKind>

/** Sends a mail. Whatever secret is in it is made when it is sent, so that none lies in the queue. */
export const sendMailJob = defineJob({
  name: 'send-mail',
  payload: z.object({ kind: MailKind, id: z.uuid() }),
  keyOf: ({ kind, id }) => `${kind}:${id}`,
  atATime: 2,
  timeoutSeconds: 60,
  retries: 8,
  firstPauseSeconds: 5,
  longestPauseSeconds: 900,
})
