import { z } from 'zod'
import { defineJob, type JobSettings } from '../jobs/job.ts'

/** A kind of job for tests, with short pauses. */
export const countJob = (settings: Partial<JobSettings> = {}) =>
  defineJob({
    name: 'count',
    payload: z.object({ number: z.number() }),
    keyOf: ({ number }) => String(number),
    atATime: 2,
    timeoutSeconds: 30,
    retries: 2,
    firstPauseSeconds: 1,
    longestPauseSeconds: 1,
    ...settings,
  })
