import type { ProviderKey, SetProviderKeyInput } from '@kickstartmyai/contract'
import { inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { putSecret } from '../secrets/put-secret.ts'
import { toProviderKeyView } from './to-provider-key-view.ts'

/** Stores the caller's own key for a vendor in place of the one before: from the next step on they are answered with it. */
export function setProviderKey(deps: Deps, actor: Actor, input: SetProviderKeyInput): Promise<ProviderKey> {
  const { provider, apiKey } = input
  return inTransaction(deps.db, async (tx) => {
    const secret = { ownerId: actor.userId, kind: 'provider_key', name: provider, plain: apiKey } as const
    const row = await putSecret(deps, tx, secret)
    await writeAudit(deps, tx, actor, { action: 'provider_key.set', object: ['provider_key', provider] })
    return toProviderKeyView(row)
  })
}
