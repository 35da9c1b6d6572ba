import type { Deps } from '../deps.ts'
import { createJobWorker, type JobWorker } from '../jobs/job-worker.ts'
import { pruneAuditJob } from '../jobs/prune-audit-job.ts'
import { pruneAudit } from './prune-audit.ts'

/** The job that the audit log needs; none where it is kept for ever (`retentionDays` 0). */
export function auditWorkers(deps: Pick<Deps, 'db' | 'log'>, retentionDays: number): JobWorker[] {
  if (retentionDays === 0) return []
  return [
    createJobWorker(pruneAuditJob, {
      async run(_, signal) {
        const deleted = await pruneAudit(deps, { days: retentionDays }, signal)
        if (deleted > 0) deps.log.info({ deleted, retentionDays }, 'old audit entries were deleted')
      },
    }),
  ]
}
