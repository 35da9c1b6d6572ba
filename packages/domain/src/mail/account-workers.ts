import type { Deps } from '../deps.ts'
import { createJobWorker, type JobWorker } from '../jobs/job-worker.ts'
import { sendMailJob } from '../jobs/send-mail-job.ts'
import { settleAccountsJob } from '../jobs/settle-accounts-job.ts'
import { settleAccounts } from '../users/settle-accounts.ts'
import { sendMail } from './send-mail.ts'

/** The jobs that accounts need: mail, and what closing an account leaves to do. */
export function accountWorkers(deps: Deps): JobWorker[] {
  return [
    createJobWorker(sendMailJob, { run: (mail, signal) => sendMail(deps, mail, signal) }),
    createJobWorker(settleAccountsJob, { run: () => settleAccounts(deps) }),
  ]
}
