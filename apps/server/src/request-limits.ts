import { createRequestWindow, type RequestLimits, type ShareCount, systemClock } from '@kickstartmyai/domain'
import type { Env } from './env.ts'

/** How many requests a minute are let through, for an address, a person and an API key; counted with the other replicas, if any. */
export function requestLimits(env: Env, share: ShareCount | undefined): RequestLimits {
  const options = { now: systemClock.now, shareMs: 1000, share }
  const window = (name: string, points: number) => createRequestWindow({ name, points, seconds: 60 }, options)
  return {
    ofAddress: window('address', env.RATE_LIMIT_PER_ADDRESS),
    ofUser: window('user', env.RATE_LIMIT_PER_USER),
    ofKey: window('key', env.RATE_LIMIT_PER_KEY),
  }
}
