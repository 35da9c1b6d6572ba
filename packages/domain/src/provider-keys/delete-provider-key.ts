import type { VendorName } from '@kickstartmyai/contract'
import { deleteSecret, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Takes the caller's own key for a vendor away: it is not used again, and cannot be had back. Throws NOT_FOUND. */
export function deleteProviderKey(deps: Deps, actor: Actor, provider: VendorName): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await deleteSecret(tx, actor.userId, 'provider_key', provider))) throw notFound('provider key')
    await writeAudit(deps, tx, actor, { action: 'provider_key.deleted', object: ['provider_key', provider] })
  })
}
