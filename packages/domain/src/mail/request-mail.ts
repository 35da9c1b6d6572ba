import type { Deps } from '../deps.ts'
import { type MailKind, sendMailJob } from '../jobs/send-mail-job.ts'

/** Leaves a mail to be sent. Rejects when it could not be left. */
export function leaveMail({ jobs }: Pick<Deps, 'jobs'>, kind: MailKind, id: string): Promise<void> {
  return jobs.send(sendMailJob, { kind, id })
}

/** Leaves a mail because of something that is done already: where it cannot be left, that stays done. */
export async function requestMail(deps: Pick<Deps, 'jobs' | 'log'>, kind: MailKind, id: string): Promise<void> {
  try {
    await leaveMail(deps, kind, id)
  } catch (err) {
    deps.log.warn({ err, kind, id }, 'a mail could not be left to be sent')
  }
}
