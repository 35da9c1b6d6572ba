import { beginWaiting, inTransaction } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { LeaseLost } from './lease-lost.ts'
import type { Run } from './run.ts'

/**
 * Lets go of an execution that can do nothing more before a person has decided. Gives `waiting`; or `decided` or
 * `cancelled`, with the lease still held, when that has happened since it was last looked at. Throws LeaseLost.
 */
export async function waitForPerson(
  deps: Pick<Deps, 'db' | 'failPoint'>,
  { lease }: Pick<Run, 'lease'>,
): Promise<'waiting' | 'decided' | 'cancelled'> {
  const standing = await inTransaction(deps.db, async (tx) => {
    const now = await beginWaiting(tx, lease)
    if (now === 'waiting') await deps.failPoint('waiting.before')
    return now
  })
  if (standing === 'lost') throw new LeaseLost()
  if (standing === 'waiting') await deps.failPoint('waiting.after')
  return standing
}
