import type { Connection } from '@kickstartmyai/db'
import { systemClock } from '../clock.ts'
import type { JobWorker } from '../jobs/job-worker.ts'
import { migrateJobs } from '../jobs/migrate-jobs.ts'
import { type JobRunner, openJobs } from '../jobs/open-jobs.ts'
import { type Logger, silentLogger } from '../logger.ts'

export interface TestJobs extends JobRunner, AsyncDisposable {}

interface TestJobsOptions {
  workers: readonly JobWorker[]
  log?: Logger
}

/** A real queue on a test's database, not started, in a hurry; gone with the block that holds it. */
export async function openTestJobs(
  connection: Pick<Connection, 'openSqlRunner'>,
  { workers, log = silentLogger }: TestJobsOptions,
): Promise<TestJobs> {
  const sql = connection.openSqlRunner()
  await migrateJobs(sql, { clock: systemClock, log })
  const settings = { pollSeconds: 0.5, superviseSeconds: 1, heartbeatSeconds: 10 }
  const jobs = openJobs({ sql, clock: systemClock, log, settings }, () => workers)
  const close = async () => {
    await jobs.drain(0)
    await jobs.close()
  }
  return { ...jobs, [Symbol.asyncDispose]: close }
}
