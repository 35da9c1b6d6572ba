import { z } from 'zod'
import { defineJob } from './job.ts'

/** Finishes what the closing of accounts has left, and throws away what is over; every minute, in one process of all. */
export const settleAccountsJob = defineJob({
  name: 'settle-accounts',
  payload: z.object({}),
  keyOf: () => '',
  atATime: 1,
  timeoutSeconds: 300,
  retries: 0,
  firstPauseSeconds: 1,
  longestPauseSeconds: 1,
  every: '* * * * *',
})
