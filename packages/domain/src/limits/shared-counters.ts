import type { SqlRunner } from '@kickstartmyai/db'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import type { CounterStore } from './create-limiter.ts'

export type SharedStore = { redis: unknown } | { sql: SqlRunner }

/** Longest wait for the store, in milliseconds. */
const patience = 2000

/**
 * Counts in a place that all replicas share: Redis, or the table `rate_limits`. When the place does not answer, `onError` is
 * told and this process counts by itself meanwhile: nobody is kept out because of it.
 */
export function sharedCounters(place: SharedStore, onError: (error: unknown) => void): CounterStore {
  let isFirst = true
  return ({ name, points, seconds }) => {
    const options = {
      keyPrefix: `kickstartmyai:${name}`,
      points,
      duration: seconds,
      // Who is over the limit is not looked up again until the window ends.
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    }
    if ('redis' in place) {
      const storeClient = impatient(place.redis as RedisEval, onError)
      return new RateLimiterRedis({ ...options, storeClient, useRedisPackage: true })
    }
    // One of them sweeps the table for all.
    const clearExpiredByTimeout = isFirst
    isFirst = false
    return new RateLimiterPostgres({
      ...options,
      storeClient: { query: ({ text, values }: Query) => inTime(() => place.sql.executeSql(text, values), onError) },
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout,
    })
  }
}

interface Query {
  text: string
  values: unknown[]
}

interface RedisEval {
  eval: (script: string, options: { keys: string[]; arguments: string[] }) => Promise<unknown>
}

/** The one command that counting needs. */
function impatient(client: RedisEval, onError: (error: unknown) => void): RedisEval {
  return { eval: (script, options) => inTime(() => client.eval(script, options), onError) }
}

async function inTime<T>(ask: () => Promise<T>, onError: (error: unknown) => void): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('the store of rate limits does not answer')), patience)
  try {
    return await Promise.race([ask(), late])
  } catch (error) {
    onError(error)
    throw error
  } finally {
    clearTimeout(timer)
  }
}
