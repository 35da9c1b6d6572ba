import type { ApiKey } from '@kickstartmyai/contract'
import { listApiKeys as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { toApiKeyView } from './to-api-key-view.ts'

/** The caller's keys, newest first; the keys themselves are not kept. */
export async function listApiKeys({ db }: Deps, { userId }: Actor): Promise<{ items: ApiKey[] }> {
  const rows = await listRows(db, userId)
  return { items: rows.map(toApiKeyView) }
}
