import type { z } from 'zod'

/** How jobs of a kind are run. */
export interface JobSettings {
  /** Names the queue; jobs that wait in the database are found by it. */
  name: string
  /** Most jobs of this kind that run at a time in one process. */
  atATime: number
  /** A job that takes longer is stopped, and counts as failed. */
  timeoutSeconds: number
  /** How often a job that failed is run again … */
  retries: number
  /** … with a pause that doubles from here, */
  firstPauseSeconds: number
  /** and grows no longer than this. */
  longestPauseSeconds: number
  /** Sent by the clock as well, as cron says (UTC); its payload is empty then. */
  every?: string
}

/**
 * A kind of job. Its payload holds ids, never contents: it lies in the database for days and is logged when it is given up.
 * A job may be run more than once (after a crash it is), so that running it again must do no harm.
 */
export interface Job<Payload extends object> extends JobSettings {
  payload: z.ZodType<Payload>
  /** Of the jobs with the same key one at most waits or runs. */
  keyOf: (payload: Payload) => string
}

/** Types a kind of job by its payload's schema. */
export function defineJob<Payload extends object>(job: Job<Payload>): Job<Payload> {
  return job
}
