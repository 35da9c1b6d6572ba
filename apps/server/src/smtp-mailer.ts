import type { Mailer } from '@kickstartmyai/domain'
import { createTransport } from 'nodemailer'

export interface SmtpOptions {
  url: string
  /** The sender: `Name <address>` or an address. */
  from: string
}

/** Gives mails to an SMTP server. Whether it can be reached shows with the first mail, which is then tried again. */
export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const transport = createTransport(url, { from })
  return {
    async send({ to, subject, text, html }) {
      // As objects: an address can then never be taken for several, or for a header.
      await transport.sendMail({
        to: { name: '', address: to },
        subject,
        text,
        html,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}
