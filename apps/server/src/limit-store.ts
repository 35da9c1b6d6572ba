import type { SqlRunner } from '@kickstartmyai/db'
import { type CounterStore, sharedCounters } from '@kickstartmyai/domain'
import { createClient } from '@redis/client'
import type { Logger } from 'pino'
import type { Env } from './env.ts'

export interface LimitStore {
  /** Null: there is one process, which counts in its memory. */
  store: CounterStore | null
  close(): void
}

/** Where limits are counted for all replicas together: Redis where there is one, else PostgreSQL; the embedded database has one process. */
export function openLimitStore(env: Env, sql: SqlRunner, log: Logger): LimitStore {
  const onError = mention(log)
  if (env.DATABASE_URL && env.REDIS_URL) {
    const socket = { connectTimeout: 5000, reconnectStrategy: (tries: number) => Math.min(100 * 2 ** tries, 5000) }
    const client = createClient({ url: env.REDIS_URL, socket, pingInterval: 10_000, disableOfflineQueue: true })
    client.on('error', onError)
    void client.connect().catch(onError)
    return { store: sharedCounters({ redis: client }, onError), close: () => client.destroy() }
  }
  return { store: env.DATABASE_URL ? sharedCounters({ sql }, onError) : null, close: () => {} }
}

/** Says once a minute at most that each replica counts by itself. */
function mention(log: Logger): (err: unknown) => void {
  let saidAt = -Infinity
  return (err) => {
    if (performance.now() - saidAt < 60_000) return
    saidAt = performance.now()
    log.warn({ err }, 'the shared count of rate limits does not answer; each replica counts by itself')
  }
}
