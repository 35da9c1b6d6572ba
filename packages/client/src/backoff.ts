const longestMs = 10_000

/**
 * How long to wait before the next try, in milliseconds: twice as long after each failure up to ten seconds, half of it
 * by chance, so that a crowd that was cut off together does not come back together. Never shorter than `atLeastMs`.
 */
export function backoff(failures: number, firstMs: number, random: () => number, atLeastMs = 0): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** failures)
  return Math.max(ceiling / 2 + (random() * ceiling) / 2, atLeastMs)
}
