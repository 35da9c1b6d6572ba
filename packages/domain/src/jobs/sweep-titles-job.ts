import { z } from 'zod'
import { defineJob } from './job.ts'

/** Looks for conversations whose title was forgotten, every minute, in one process of all. */
export const sweepTitlesJob = defineJob({
  name: 'sweep-titles',
  payload: z.object({}),
  keyOf: () => '',
  atATime: 1,
  timeoutSeconds: 60,
  retries: 0,
  firstPauseSeconds: 1,
  longestPauseSeconds: 1,
  every: '* * * * *',
})
