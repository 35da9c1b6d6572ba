import type { Deps } from '../deps.ts'
import { generateTitleJob } from '../jobs/generate-title-job.ts'
import { createJobWorker, type JobWorker } from '../jobs/job-worker.ts'
import { sweepTitlesJob } from '../jobs/sweep-titles-job.ts'
import { generateTitle, keepTitle } from './generate-title.ts'
import { defaultSweepSettings, sweepTitles } from './sweep-titles.ts'

/** The jobs that titles need. */
export function titleWorkers(deps: Pick<Deps, 'db' | 'jobs' | 'log' | 'models'>): JobWorker[] {
  return [
    createJobWorker(generateTitleJob, {
      run: (conversation, signal) => generateTitle(deps, conversation, signal),
      giveUp: (conversation) => keepTitle(deps, conversation),
    }),
    createJobWorker(sweepTitlesJob, {
      async run() {
        const missing = await sweepTitles(deps, defaultSweepSettings)
        if (missing > 0) deps.log.info({ missing }, 'titles were missing and are asked for')
      },
    }),
  ]
}
