import type { Job } from './job.ts'

/** Where work is left that may be done later, by whichever process has time. */
export interface Jobs {
  /**
   * Leaves a job, together with others that are sent at the same time. Resolves when it is stored: from then on it is run
   * at least once. One whose key waits or runs already is left out. Rejects when the database cannot be reached.
   */
  send<Payload extends object>(job: Job<Payload>, payload: Payload): Promise<void>
}
