import type { UserId } from '@kickstartmyai/contract'

export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** To whom it belongs; null for somebody without an account. */
  userId: UserId | null
}

/** Whatever brings mail on its way. */
export interface Mailer {
  /** Resolves when somebody else has taken the mail over; rejects when it may be tried again later. */
  send(mail: Mail, signal: AbortSignal): Promise<void>
}
