import { type ExecutionRow, findTitlesDue, type OwnedConversation } from '@kickstartmyai/db'
import { createBatcher } from '../batcher.ts'
import type { Deps } from '../deps.ts'
import { generateTitleJob } from '../jobs/generate-title-job.ts'

/**
 * Told of answers that are complete; those whose conversation has no title of its own lead to a job that finds one. Many
 * at a time are one look and one insert. What is lost here, `sweepTitles` finds.
 */
export function createTitleRequests({ db, jobs, log }: Pick<Deps, 'db' | 'jobs' | 'log'>): (row: ExecutionRow) => void {
  const request = createBatcher(
    async (answered: readonly OwnedConversation[]) => {
      const due = await findTitlesDue(db, answered)
      await Promise.all(due.map((conversation) => jobs.send(generateTitleJob, conversation)))
      return answered.map(() => undefined)
    },
    { most: 500, parallel: 1 },
  )
  return ({ conversation_id: conversationId, owner_id: ownerId }) =>
    void request({ conversationId, ownerId }).catch((err: unknown) =>
      log.warn({ err, conversationId }, 'a title could not be asked for; it will be found missing'),
    )
}
