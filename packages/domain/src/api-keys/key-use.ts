import type { ApiKeyId } from '@kickstartmyai/contract'
import { type Db, touchApiKeys } from '@kickstartmyai/db'
import { createBatcher } from '../batcher.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'

/** So often the use of one key is written at most. */
const everyMs = 60_000
/** More keys than this are not remembered: then some are written more often. */
const mostRemembered = 10_000

/**
 * Keeps when keys were used last, without a write for every request: once a minute for each key, for all of them that come
 * up at a time in one statement, and nobody waits for it.
 */
export function createKeyUse(db: Db, clock: Clock, log: Logger): (apiKeyId: ApiKeyId) => void {
  const written = new Map<ApiKeyId, number>()
  const write = createBatcher(
    async (ids: readonly ApiKeyId[]) => {
      await touchApiKeys(db, ids)
      return ids
    },
    { most: 500, parallel: 1 },
  )
  return (apiKeyId) => {
    const now = clock.now()
    const before = written.get(apiKeyId)
    if (before !== undefined && now - before < everyMs) return
    if (written.size >= mostRemembered) written.clear()
    written.set(apiKeyId, now)
    write(apiKeyId).catch((err: unknown) => log.warn({ err }, 'could not keep when an API key was used'))
  }
}
