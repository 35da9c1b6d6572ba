import type { PgBoss, QueueOptions } from 'pg-boss'
import type { JobSettings } from './job.ts'
import type { JobWorker } from './job-worker.ts'

/** Where jobs end up that failed for good. */
export const deadLetters = 'dead-letters'

/** Makes the queues of these workers as they are defined now, and the schedules of those that the clock sends. */
export async function setUpQueues(
  boss: PgBoss,
  workers: readonly JobWorker[],
  { heartbeatSeconds }: { heartbeatSeconds: number },
): Promise<void> {
  await boss.createQueue(deadLetters)
  for (const { job } of workers) {
    const options = { ...toOptions(job), heartbeatSeconds, deadLetter: deadLetters }
    await boss.createQueue(job.name, { ...options, policy: 'exclusive' })
    // One that an older version made keeps its options otherwise.
    await boss.updateQueue(job.name, options)
    if (job.every !== undefined) await boss.schedule(job.name, job.every, {}, {})
  }
  const kept = new Set(workers.map(({ job }) => job.name))
  for (const { name } of await boss.getSchedules()) if (!kept.has(name)) await boss.unschedule(name)
}

const day = 24 * 60 * 60

const toOptions = (job: JobSettings): QueueOptions => ({
  expireInSeconds: job.timeoutSeconds,
  retryLimit: job.retries,
  retryDelay: job.firstPauseSeconds,
  retryBackoff: true,
  retryDelayMax: job.longestPauseSeconds,
  retentionSeconds: 2 * day,
  deleteAfterSeconds: day,
})
