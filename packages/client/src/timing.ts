/** Time and chance, as the stream needs them; tests bring their own. */
export interface Timing {
  /** Runs `run` once after `ms` milliseconds. Gives what calls it off. */
  after(ms: number, run: () => void): () => void
  /** From 0 up to, not including, 1. */
  random(): number
}

export const realTiming: Timing = {
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random: Math.random,
}
