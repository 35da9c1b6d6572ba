import { countSecretsByKey } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

/** Tells the operator at once of secrets whose key is missing; only those who need one of them are refused, later. */
export async function checkSecretKeys({ db, log, secrets }: Pick<Deps, 'db' | 'log' | 'secrets'>): Promise<void> {
  for (const { key_id: keyId, count } of await countSecretsByKey(db)) {
    if (secrets.knows(keyId)) continue
    log.error({ keyId, count }, 'secrets are encrypted with a key that is missing: add it to SECRETS_KEYS')
  }
}
