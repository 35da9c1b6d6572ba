import { z } from 'zod'
import { defineJob } from './job.ts'

/** Takes out of the audit log what need not be kept any longer, every night, in one process of all. */
export const pruneAuditJob = defineJob({
  name: 'prune-audit',
  payload: z.object({}),
  keyOf: () => '',
  atATime: 1,
  timeoutSeconds: 3600,
  retries: 2,
  firstPauseSeconds: 60,
  longestPauseSeconds: 600,
  every: '17 3 * * *',
})
