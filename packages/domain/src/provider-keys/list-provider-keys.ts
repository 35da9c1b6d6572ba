import type { ProviderKey } from '@kickstartmyai/contract'
import { listSecrets } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { toProviderKeyView } from './to-provider-key-view.ts'

/** The caller's own keys, as far as they are shown. */
export async function listProviderKeys({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<{ items: ProviderKey[] }> {
  return { items: (await listSecrets(db, actor.userId, 'provider_key')).map(toProviderKeyView) }
}
