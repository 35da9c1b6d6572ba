const longestMs = 10_000

/**
 * How long to wait before the next try, in milliseconds: twice as long after each failure up to ten seconds, half of it
 * by chance, so that a crowd that was cut off together does not come back together. Never shorter than `atLeastMs`, and
 * then, too, a little longer by chance.
 */
export function backoff(failures: number, firstMs: number, random: () => number, atLeastMs = 0): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** failures)
  const chance = random()
  const told = atLeastMs > 0 ? atLeastMs + chance * firstMs : 0
  return Math.max(ceiling / 2 + (chance * ceiling) / 2, told)
}
