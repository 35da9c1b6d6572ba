import { type ExecutionId, isTerminal } from '@kickstartmyai/contract'
import { type Db, readProgressOf } from '@kickstartmyai/db'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'
import type { EventHub } from './event-hub.ts'

interface WatchDeps {
  db: Db
  clock: Clock
  log: Logger
  events: EventHub
}

/**
 * Looks, for all followers of this process in one statement, whether executions that run elsewhere have gone on: the
 * slow truth behind whatever other processes tell. While nobody follows such a one, nothing is asked.
 */
export function watchElsewhere({ db, clock, log, events }: WatchDeps, everyMs: number): void {
  const seen = new Map<ExecutionId, number>()
  let isWatching = false

  const look = async (ids: readonly ExecutionId[]) => {
    const found = new Map((await readProgressOf(db, ids)).map((row) => [row.id, row]))
    for (const id of ids) {
      const now = found.get(id)
      // One that is over, or gone, is told again until its followers have left.
      if (now && !isTerminal(now.status) && seen.get(id) === now.last_seq) continue
      if (now) seen.set(id, now.last_seq)
      events.wake(id)
    }
  }

  const watch = async () => {
    for (;;) {
      await clock.sleep(everyMs)
      const ids = events.followedElsewhere()
      if (ids.length === 0) break
      await look(ids).catch((err: unknown) => log.warn({ err }, 'could not look for events of other processes'))
    }
    isWatching = false
    seen.clear()
  }

  events.observe({
    followedElsewhere() {
      if (isWatching) return
      isWatching = true
      void watch()
    },
  })
}
