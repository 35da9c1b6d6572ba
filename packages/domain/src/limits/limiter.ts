/** How often something may be done: so many times in so many seconds. */
export interface LimitRule {
  /** Tells rules apart where they are counted; changing it begins anew. */
  name: string
  points: number
  seconds: number
}

/** Counts what is done too often, over all processes together. Never throws: a count that cannot be kept refuses nobody. */
export interface Limiter {
  /**
   * Takes one of what the rule allows `key` (an address, an account; any text). Gives 0 when there was one to take, else the
   * whole seconds after which there will be.
   */
  take(rule: LimitRule, key: string): Promise<number>
  /** Puts back one that was taken: it turned out that it need not count. */
  putBack(rule: LimitRule, key: string): Promise<void>
  /** Adds what was counted elsewhere already; gives the sum of the rule's window. */
  add(rule: LimitRule, key: string, points: number): Promise<number>
}
