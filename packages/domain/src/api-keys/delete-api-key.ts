import type { ApiKeyId } from '@kickstartmyai/contract'
import { deleteApiKey as deleteRow, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Takes a key away: what comes with it from now on is refused. Throws NOT_FOUND. */
export async function deleteApiKey(deps: Deps, actor: Actor, apiKeyId: ApiKeyId): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await deleteRow(tx, actor.userId, apiKeyId))) throw notFound('API key')
    await writeAudit(deps, tx, actor, { action: 'api_key.deleted', object: ['api_key', apiKeyId] })
  })
}
