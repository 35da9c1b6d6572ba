import type { Provider } from '@kickstartmyai/ai'
import type { SecretRow } from '@kickstartmyai/db'
import type { OwnKeys } from './own-keys.ts'

/** Gives the provider that a stored key stands for; undefined where its vendor is not known. Throws SecretUnreadable. */
export type OwnProviders = (row: SecretRow) => Provider | undefined

const mostKept = 200

/**
 * Keeps the clients of keys that were used last, by the id of the secret: another key has another id, so that nobody is
 * given a client with a key that is not theirs or not theirs any more.
 */
export function createOwnProviders({ vendors, openKey }: Pick<OwnKeys, 'vendors' | 'openKey'>): OwnProviders {
  const kept = new Map<string, Provider>()
  return (row) => {
    const provider = kept.get(row.id) ?? vendors.find(({ name }) => name === row.name)?.withKey(openKey(row))
    if (!provider) return undefined
    kept.delete(row.id)
    kept.set(row.id, provider)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return provider
  }
}
