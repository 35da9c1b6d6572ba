import type { Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { addressBlock } from './address-block.ts'
import type { LimitRule } from './limiter.ts'
import { rateLimited } from './rate-limited.ts'

/** Counts something that anyone may do against the address it comes from. Throws RATE_LIMITED with the seconds to wait. */
export async function refuseFlood({ limiter }: Pick<Deps, 'limiter'>, rule: LimitRule, origin: Origin): Promise<void> {
  const wait = await limiter.take(rule, addressBlock(origin.address))
  if (wait > 0) throw rateLimited(wait)
}
