import type { MailId, OutboxMail, Page, PageQuery } from '@kickstartmyai/contract'
import { insertOutboxMail, listOutboxMails } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import type { Mailer } from './mailer.ts'

/** Keeps mails in the database, where there is no SMTP server to give them to. */
export function createOutbox({ db, newId }: Pick<Deps, 'db' | 'newId'>): Mailer {
  return {
    send: ({ to, subject, text, html, userId }) =>
      insertOutboxMail(db, {
        id: newId() as MailId,
        user_id: userId,
        recipient: to,
        subject,
        body_text: text,
        body_html: html,
      }),
  }
}

/** Everybody's mails that were kept, newest first. Only for administrators, and for developers on their own machine. */
export async function listOutbox({ db }: Pick<Deps, 'db'>, { limit, cursor }: PageQuery): Promise<Page<OutboxMail>> {
  const rows = await listOutboxMails(db, { limit: limit + 1, after: fromCursor(cursor) })
  const toMail = (row: (typeof rows)[number]): OutboxMail => ({
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.body_text,
    createdAt: row.created_at.toISOString(),
  })
  return toPage(rows, limit, toMail, (row) => ({ at: row.created_at, id: row.id }))
}
