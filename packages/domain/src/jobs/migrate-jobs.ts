import type { SqlRunner } from '@kickstartmyai/db'
import { PgBoss } from 'pg-boss'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'

/** The schema of the database in which the queue keeps its tables. */
export const jobsSchema = 'jobs'

/**
 * Makes the queue's tables, or brings them up to what this version needs. Safe to run from several processes at once.
 * Needs the right to change the schema; running jobs does not. Throws when it cannot, with nothing half done.
 */
export async function migrateJobs(sql: SqlRunner, { clock, log }: { clock: Clock; log: Logger }): Promise<void> {
  const boss = new PgBoss({
    db: sql,
    schema: jobsSchema,
    supervise: false,
    schedule: false,
    registerInstance: false,
    bamIntervalSeconds: 10,
  })
  boss.on('error', (err) => log.warn({ err }, 'the queue reported an error while its tables were made'))
  try {
    await boss.start()
    // Indexes on tables that are in use are built one after the other, beside the work.
    while ((await boss.getBamStatus()).some(({ status }) => status === 'pending' || status === 'in_progress')) {
      await clock.sleep(200)
    }
  } finally {
    await boss.stop({ close: false, graceful: false })
  }
}
