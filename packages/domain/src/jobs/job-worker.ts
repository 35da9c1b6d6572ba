import type { Job, JobSettings } from './job.ts'

/** A kind of job with what is done for it; payloads are checked as they come out of the database. */
export interface JobWorker {
  job: JobSettings
  /** Throws when the job failed, or when the payload is none of its own. The signal aborts on timeout and on drain. */
  run(data: unknown, signal: AbortSignal): Promise<void>
  /** Told of a job that failed for good. */
  giveUp(data: unknown): Promise<void>
}

interface Work<Payload> {
  run(payload: Payload, signal: AbortSignal): Promise<void>
  giveUp?(payload: Payload): Promise<void>
}

/** Puts a kind of job and its work together. */
export function createJobWorker<Payload extends object>(job: Job<Payload>, work: Work<Payload>): JobWorker {
  return {
    job,
    run: async (data, signal) => work.run(job.payload.parse(data ?? {}), signal),
    giveUp: async (data) => work.giveUp?.(job.payload.parse(data ?? {})),
  }
}
