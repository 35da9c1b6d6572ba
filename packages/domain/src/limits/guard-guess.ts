import type { UserId } from '@kickstartmyai/contract'
import { sessionAddresses } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { addressBlock } from './address-block.ts'
import { readDeviceToken } from './device-token.ts'
import { guessRules } from './limit-rules.ts'
import type { LimitRule } from './limiter.ts'
import { rateLimited } from './rate-limited.ts'

export interface Guess {
  /** `password`: whatever one may choose; `code`: a few digits of a second factor. */
  at: 'password' | 'code'
  /** Whose secret it is, as the guesser named it: an e-mail address or an id, whether or not there is such an account. */
  account: string
  /** The account itself, where there is one. */
  userId: UserId | undefined
  origin: Origin
}

/**
 * Lets a secret be tried as often as an honest person needs, and no guesser is content with. `check` gives what it found, or
 * null for a wrong guess, which is what counts; it is told whether the guess comes from where the account is at home, for the
 * gate before the hashing of passwords. Gives what `check` gave. Throws RATE_LIMITED, without a check, with the seconds to wait.
 *
 * Nobody can lock another out with it: from a device on which the account was signed in before, only that device's own wrong
 * guesses count, and from an address that the account was used from, those from elsewhere do not.
 */
export async function guardGuess<T>(
  deps: Pick<Deps, 'limiter' | 'auth' | 'db'>,
  guess: Guess,
  check: (who: 'known' | 'anyone') => Promise<T | null>,
): Promise<T | null> {
  const { account, userId, origin } = guess
  const rules = guessRules[guess.at]
  const taken: [LimitRule, string][] = []
  const take = async (rule: LimitRule, key: string): Promise<number> => {
    const wait = await deps.limiter.take(rule, key)
    if (wait === 0) taken.push([rule, key])
    return wait
  }
  const insist = async (rule: LimitRule, key: string): Promise<void> => {
    const wait = await take(rule, key)
    if (wait > 0) throw rateLimited(wait)
  }

  const device = userId && origin.device ? readDeviceToken(deps.auth, userId, origin.device) : null
  if (device) await insist(rules.device, device)
  else {
    const block = addressBlock(origin.address)
    await insist(rules.address, block)
    await insist(rules.accountAtAddress, `${block} ${account}`)
    const isFlooded = (await take(rules.account, account)) > 0
    if (isFlooded && !(await isAtHome(deps, userId, block))) await insist(rules.stranger, account)
  }

  const found = await check(device ? 'known' : 'anyone')
  if (found !== null) await Promise.all(taken.map(([rule, key]) => deps.limiter.putBack(rule, key)))
  return found
}

/** Whether the account was signed in from there before. */
async function isAtHome({ db }: Pick<Deps, 'db'>, userId: UserId | undefined, block: string): Promise<boolean> {
  if (userId === undefined) return false
  const addresses = await sessionAddresses(db, userId)
  return addresses.some((address) => addressBlock(address) === block)
}
