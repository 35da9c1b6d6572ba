import type { PgBoss } from 'pg-boss'
import type { Logger } from '../logger.ts'
import type { JobWorker } from './job-worker.ts'
import { deadLetters } from './set-up-queues.ts'

interface Running {
  boss: PgBoss
  log: Logger
  pollSeconds: number
}

/** Begins to take jobs. Gives the way to say that there are some of a kind, so that nobody waits for the next look. */
export async function startWorkers(
  { boss, log, pollSeconds }: Running,
  workers: readonly JobWorker[],
): Promise<(name: string) => void> {
  const ids = new Map<string, string[]>()
  const options = { pollingIntervalSeconds: pollSeconds, includeMetadata: true } as const
  const wake = (name: string) => ids.get(name)?.forEach((id) => boss.notifyWorker(id))

  for (const { job, run } of workers) {
    for (let count = 0; count < job.atATime; count++) {
      const id = await boss.work<object, void, typeof options>(job.name, options, async (taken) => {
        for (const { id: jobId, data, signal, retryCount, retryLimit } of taken) {
          try {
            await run(data, signal)
          } catch (err) {
            log.warn({ err, job: job.name, jobId, data, run: retryCount + 1, of: retryLimit + 1 }, 'a job failed')
            throw err
          } finally {
            // There may be more of them: look again at once.
            wake(job.name)
          }
        }
      })
      ids.set(job.name, [...(ids.get(job.name) ?? []), id])
    }
  }

  await boss.work<object, void, typeof options>(deadLetters, options, async (taken) => {
    for (const { data, sourceName, sourceId } of taken) {
      log.error({ job: sourceName, jobId: sourceId, data }, 'a job failed too often and was given up')
      await workers.find(({ job }) => job.name === sourceName)?.giveUp(data)
    }
  })
  return wake
}
