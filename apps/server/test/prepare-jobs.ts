import type { Connection } from '@kickstartmyai/db'
import { migrateJobs, silentLogger, systemClock } from '@kickstartmyai/domain'

/** Makes the tables of the job queue, as `pnpm db:migrate` does: without them whoever leaves a job waits for the queue. */
export async function prepareJobs(database: Connection): Promise<void> {
  const sql = database.openSqlRunner()
  try {
    await migrateJobs(sql, { clock: systemClock, log: silentLogger })
  } finally {
    await sql.close()
  }
}
