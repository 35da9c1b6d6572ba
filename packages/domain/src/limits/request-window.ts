import type { LimitRule } from './limiter.ts'

/** What is left of a rule. */
export interface Quota extends LimitRule {
  left: number
  /** Whole seconds until everything is there again. */
  resetSeconds: number
  refused: boolean
}

/** Counts requests: in this process, without waiting for anything. */
export interface RequestWindow {
  /** Takes `calls` of what the rule allows the key; null where there is no limit. */
  take(key: string, calls?: number): Quota | null
}

export interface RequestLimits {
  ofAddress: RequestWindow
  ofUser: RequestWindow
  /** An API key, so that one program does not use up what its owner may. */
  ofKey: RequestWindow
}

/** Adds to a count that all replicas share; gives the sum, which is no less than what was added. */
export type ShareCount = (rule: LimitRule, key: string, points: number) => Promise<number>

export interface WindowOptions {
  now: () => number
  /** Left out: this process counts alone. */
  share?: ShareCount | undefined
  /** How often counts are shared, in milliseconds. */
  shareMs: number
}

interface Entry {
  endsAt: number
  /** Taken here, and how much of it the others know. */
  here: number
  told: number
  elsewhere: number
}

/** Whoever uses less than this part of a limit here is not worth a word to the other replicas. */
const shareFrom = 0.05
/** Most keys that are remembered, and that are shared at a time. */
const mostKeys = 100_000
const mostShared = 500

/**
 * A limit on requests that costs no look-up: each replica counts by itself and tells the others, in the background, of those
 * who use much. All of them together let through at most the limit, 5 % of it for each replica, and what comes in between two
 * rounds of sharing. Keys have windows that begin at different times, the same in every process, so that not everybody
 * who waits comes back at once.
 */
export function createRequestWindow(rule: LimitRule, { now, share, shareMs }: WindowOptions): RequestWindow {
  if (rule.points === 0) return { take: () => null }
  const windowMs = rule.seconds * 1000
  // Two generations: what nobody asked for while one of them filled up is forgotten, all at once.
  let young = new Map<string, Entry>()
  let old = new Map<string, Entry>()
  const heavy = new Set<string>()
  let isPlanned = false

  const keep = (key: string, entry: Entry): Entry => {
    if (young.size >= mostKeys / 2) {
      old = young
      young = new Map()
    }
    young.set(key, entry)
    return entry
  }
  const find = (key: string): Entry | undefined => {
    const entry = young.get(key)
    if (entry) return entry
    const older = old.get(key)
    return older && keep(key, older)
  }
  const open = (key: string, time: number): Entry => {
    const offset = offsetOf(key) % windowMs
    const endsAt = (Math.floor((time + offset) / windowMs) + 1) * windowMs - offset
    return keep(key, { endsAt, here: 0, told: 0, elsewhere: 0 })
  }

  const shareAll = async (tell: ShareCount) => {
    const keys = [...heavy].slice(0, mostShared)
    for (const key of keys) heavy.delete(key)
    await Promise.all(
      keys.map(async (key) => {
        const entry = find(key)
        if (!entry || entry.endsAt <= now()) return
        const untold = entry.here - entry.told
        entry.told += untold
        const sum = await tell(rule, `${key} ${entry.endsAt}`, untold)
        entry.elsewhere = Math.max(0, sum - entry.told)
      }),
    )
    isPlanned = false
    if (heavy.size > 0) plan(tell)
  }
  const plan = (tell: ShareCount) => {
    if (isPlanned) return
    isPlanned = true
    setTimeout(() => void shareAll(tell), shareMs).unref()
  }

  return {
    take(key, calls = 1) {
      const time = now()
      const known = find(key)
      const entry = known && known.endsAt > time ? known : open(key, time)
      const before = rule.points - entry.here - entry.elsewhere
      const refused = before < calls
      if (!refused) entry.here += calls
      if (share && entry.here > rule.points * shareFrom) {
        heavy.add(key)
        plan(share)
      }
      const left = Math.max(0, refused ? before : before - calls)
      return { ...rule, left, resetSeconds: Math.max(1, Math.ceil((entry.endsAt - time) / 1000)), refused }
    },
  }
}

/** A number that is always the same for a key, and another for another. */
function offsetOf(key: string): number {
  let hash = 0
  for (let index = 0; index < key.length; index += 1) hash = (hash * 31 + key.charCodeAt(index)) >>> 0
  return hash
}
