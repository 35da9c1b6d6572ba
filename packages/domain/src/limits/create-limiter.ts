import { createHash } from 'node:crypto'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Limiter, LimitRule } from './limiter.ts'

/** Makes the counter of one rule. */
export type CounterStore = (rule: LimitRule) => RateLimiterAbstract

/** Counts in this process alone. */
const inMemory: CounterStore = ({ name, points, seconds }) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration: seconds })

export function createLimiter(store: CounterStore | null = null): Limiter {
  const counters = new Map<string, RateLimiterAbstract>()
  const counterOf = (rule: LimitRule) => {
    const counter = counters.get(rule.name) ?? (store ?? inMemory)(rule)
    counters.set(rule.name, counter)
    return counter
  }

  return {
    async take(rule, key) {
      try {
        await counterOf(rule).consume(digest(key))
        return 0
      } catch (refusal) {
        return refusal instanceof RateLimiterRes ? Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) : 0
      }
    },
    async putBack(rule, key) {
      await counterOf(rule)
        .reward(digest(key))
        .catch(() => {})
    },
    async add(rule, key, points) {
      const { consumedPoints } = await counterOf(rule).penalty(digest(key), points)
      return consumedPoints
    },
  }
}

/** A shared store is no list of addresses and accounts, and a key of any length fits. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
