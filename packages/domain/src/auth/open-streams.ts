import type { ApiKeyId, SessionId } from '@kickstartmyai/contract'
import { type Db, findLive } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'

/** What this process keeps open for longer than a request, by whom. */
export interface OpenStreams {
  /** Calls `end` once the actor's session or API key is over. Gives the way to let go. */
  hold(actor: Actor, end: () => void): () => void
}

interface WatchDeps {
  db: Db
  clock: Clock
  log: Logger
}

/**
 * Looks, for all that is open in this process in one statement, whether the sessions and keys behind it are still good: one
 * that was ended, or whose person was suspended or deleted, keeps nothing open. While nothing is open, nothing is asked.
 */
export function watchOpenStreams({ db, clock, log }: WatchDeps, everyMs: number): OpenStreams {
  const held = { sessions: new Map<SessionId, Set<() => void>>(), apiKeys: new Map<ApiKeyId, Set<() => void>>() }
  const isIdle = () => held.sessions.size === 0 && held.apiKeys.size === 0
  let isWatching = false

  const look = async () => {
    const asked = { sessions: [...held.sessions.keys()], apiKeys: [...held.apiKeys.keys()] }
    const live = await findLive(db, asked)
    for (const id of asked.sessions) if (!live.has(id)) held.sessions.get(id)?.forEach((end) => end())
    for (const id of asked.apiKeys) if (!live.has(id)) held.apiKeys.get(id)?.forEach((end) => end())
  }

  const watch = async () => {
    while (!isIdle()) {
      await clock.sleep(everyMs)
      await look().catch((err: unknown) => log.warn({ err }, 'could not look whether open streams may go on'))
    }
    isWatching = false
  }

  const holdIn = <Id>(all: Map<Id, Set<() => void>>, id: Id, end: () => void) => {
    const ends = all.get(id) ?? new Set()
    all.set(id, ends.add(end))
    if (!isWatching) {
      isWatching = true
      void watch()
    }
    return () => {
      ends.delete(end)
      if (ends.size === 0 && all.get(id) === ends) all.delete(id)
    }
  }

  return {
    hold({ sessionId, apiKey }, end) {
      if (sessionId !== null) return holdIn(held.sessions, sessionId, end)
      return apiKey ? holdIn(held.apiKeys, apiKey.id, end) : () => {}
    },
  }
}
