import { findForgottenTitles } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { generateTitleJob } from '../jobs/generate-title-job.ts'

export interface SweepSettings {
  /** How long nothing was said: what was just answered is asked for by itself. */
  afterMs: number
  /** Older ones are left as they are. */
  withinMs: number
  /** Most at a time. */
  limit: number
}

export const defaultSweepSettings: SweepSettings = { afterMs: 60_000, withinMs: 24 * 60 * 60_000, limit: 100 }

/** Asks for the titles that a process did not come to ask for before it died. Gives how many are missing. */
export async function sweepTitles({ db, jobs }: Pick<Deps, 'db' | 'jobs'>, settings: SweepSettings): Promise<number> {
  const forgotten = await findForgottenTitles(db, settings)
  await Promise.all(forgotten.map((conversation) => jobs.send(generateTitleJob, conversation)))
  return forgotten.length
}
