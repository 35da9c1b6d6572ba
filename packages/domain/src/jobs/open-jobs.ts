import type { SqlRunner } from '@kickstartmyai/db'
import { PgBoss } from 'pg-boss'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'
import { createJobSender } from './job-sender.ts'
import type { JobWorker } from './job-worker.ts'
import type { Jobs } from './jobs.ts'
import { jobsSchema } from './migrate-jobs.ts'
import { setUpQueues } from './set-up-queues.ts'
import { startWorkers } from './start-workers.ts'

export interface JobsSettings {
  /** How often each worker looks for jobs that other processes left; those of this one are taken at once. */
  pollSeconds: number
  /** How often to look for jobs whose process died or that took too long. */
  superviseSeconds: number
  /** Sign of life of a running job; it is taken from a process that gave none for so long. At least 10. */
  heartbeatSeconds: number
}

export const defaultJobsSettings: JobsSettings = { pollSeconds: 5, superviseSeconds: 30, heartbeatSeconds: 30 }

/** The queue of one process: leaves jobs and runs them. */
export interface JobRunner extends Jobs {
  /** Begins to run jobs, as soon as the database lets it; never throws. */
  start(): void
  /** Takes no more jobs, lets those that run finish for `graceMs`, and hands back the rest to be run elsewhere. */
  drain(graceMs: number): Promise<void>
  /** After this nothing can be sent any more. */
  close(): Promise<void>
}

interface JobsOptions {
  /** The queue's from here on. */
  sql: SqlRunner
  clock: Clock
  log: Logger
  settings: JobsSettings
}

const longestPauseMs = 30_000
/** How long what is sent at the start waits for the queues to be there. */
const longestStartMs = 5000
/** How long a drain waits for a database that does not answer. */
const longestGoodbyeMs = 3000

/** Opens the queue that lies in the database. The workers are asked for when it starts, since they may send jobs too. */
export function openJobs({ sql, clock, log, settings }: JobsOptions, workers: () => readonly JobWorker[]): JobRunner {
  const boss = new PgBoss({
    db: sql,
    schema: jobsSchema,
    // A role that runs jobs need not be allowed to change tables: see migrateJobs.
    migrate: false,
    reindex: false,
    superviseIntervalSeconds: settings.superviseSeconds,
    monitorIntervalSeconds: settings.superviseSeconds,
  })
  boss.on('error', (err) => log.warn({ err }, 'the job queue met an error; going on'))
  boss.on('warning', ({ message, data }) => log.warn({ data }, `the job queue warns: ${message}`))
  const closing = new AbortController()
  let wake: (name: string) => void = () => {}
  let starting: Promise<void> = Promise.resolve()

  const open = async () => {
    await boss.start()
    const all = workers()
    await setUpQueues(boss, all, settings)
    if (!closing.signal.aborted) wake = await startWorkers({ boss, log, pollSeconds: settings.pollSeconds }, all)
  }

  const openAtLast = async () => {
    for (let pause = 1000; !closing.signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        return await open()
      } catch (err) {
        log.warn(
          { err },
          'no jobs can be run yet (is the database there, and migrated by pnpm db:migrate?); trying again',
        )
        await clock.sleep(pause, closing.signal).catch(() => {})
      }
    }
  }

  const stop = async (graceMs: number) => {
    await starting
    await boss.stop({ graceful: graceMs > 0, timeout: graceMs, close: false })
  }

  /** Waits no longer than that for a database that may be away. */
  const within = async (ms: number, work: Promise<void>) => {
    const done = new AbortController()
    const tooLong = clock.sleep(ms, done.signal).then(
      () =>
        log.warn({}, 'the job queue did not close in time; its jobs go on elsewhere when they give no sign of life'),
      () => {},
    )
    const worked = work.catch((err: unknown) => log.warn({ err }, 'the job queue did not close well'))
    await Promise.race([worked, tooLong])
    done.abort()
  }

  const send = createJobSender(boss, (name) => wake(name))

  return {
    // At the very first start the queues are only just being made.
    send: async (job, payload) => {
      await Promise.race([starting, clock.sleep(longestStartMs)])
      return send(job, payload)
    },
    start() {
      starting = openAtLast()
    },
    async drain(graceMs) {
      closing.abort()
      await within(graceMs + longestGoodbyeMs, stop(graceMs))
    },
    close: () => within(longestGoodbyeMs, sql.close()),
  }
}
