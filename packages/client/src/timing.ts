/** Time and chance, as the stream needs them; tests bring their own. */
export interface Timing {
  /** Runs `run` once after `ms` milliseconds. Gives what calls it off. */
  after(ms: number, run: () => void): () => void
  /** From 0 up to, not including, 1. */
  random(): number
}

/** How long a timer runs before the clock on the wall is looked at. */
const napMs = 2000

/**
 * Timers that know of sleep: those of a machine that sleeps, or of a page that is frozen, stand still, and would run on
 * for the whole rest when it wakes. One of these is due as soon as the clock on the wall says so, at most two seconds
 * after waking. A clock that is set back does not make it later.
 */
export const realTiming: Timing = {
  after(ms, run) {
    const due = Date.now() + ms
    let left = ms
    let timer: ReturnType<typeof setTimeout>
    const nap = () => {
      const length = Math.min(left, napMs)
      timer = setTimeout(() => {
        left -= length
        if (left <= 0 || Date.now() >= due) run()
        else nap()
      }, length)
    }
    nap()
    return () => clearTimeout(timer)
  },
  random: Math.random,
}
