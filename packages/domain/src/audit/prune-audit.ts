import { deleteOldAuditEntries, inTransaction } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

const atATime = 5000

/** Deletes what need not be kept any longer, some at a time. Gives how many entries went. */
export async function pruneAudit(
  { db }: Pick<Deps, 'db'>,
  { days, limit = atATime }: { days: number; limit?: number },
  signal?: AbortSignal,
): Promise<number> {
  for (let deleted = 0; ;) {
    signal?.throwIfAborted()
    const count = await inTransaction(db, (tx) => deleteOldAuditEntries(tx, { days, limit }))
    deleted += count
    if (count < limit) return deleted
  }
}
