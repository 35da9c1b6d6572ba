import type { SecretRow } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

/** What was entrusted. Throws SecretUnreadable when its key is missing or another one, or the row is not where it was. */
export function openSecret({ secrets }: Pick<Deps, 'secrets'>, row: SecretRow): string {
  const { id, owner_id: ownerId, kind, key_id: keyId, sealed } = row
  return secrets.open({ ownerId, kind, id }, { keyId, sealed })
}
