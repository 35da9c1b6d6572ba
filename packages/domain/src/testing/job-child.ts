import { connectPostgres, openEmbedded } from '@kickstartmyai/db'
import { createJobWorker } from '../jobs/job-worker.ts'
import { countJob } from './count-job.ts'
import { openTestJobs } from './test-jobs.ts'

/**
 * A process for tests that kill it: takes one job and never finishes it. `node job-child.ts <postgres url or data
 * directory>` prints `taken` when it has it.
 */
const place = process.argv[2] ?? ''
const connection = place.startsWith('postgres')
  ? connectPostgres({ url: place, poolSize: 2, onError: () => {} })
  : await openEmbedded(place)
const job = countJob({ timeoutSeconds: 3 })
const worker = createJobWorker(job, {
  async run() {
    process.stdout.write('taken\n')
    await new Promise(() => {})
  },
})
const jobs = await openTestJobs(connection, { workers: [worker] })
jobs.start()
for (;;) {
  try {
    await jobs.send(job, { number: 1 })
    break
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
