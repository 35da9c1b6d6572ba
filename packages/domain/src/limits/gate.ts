import { DomainError } from '../domain-error.ts'

/** Lets in a few at a time and makes some wait: for work that is expensive and that anyone can ask for. */
export interface Gate {
  /** Does the work when it is its turn; those who are known come first. Throws UNAVAILABLE when too many wait already. */
  run<T>(work: () => Promise<T>, who?: 'known' | 'anyone'): Promise<T>
}

export interface GateOptions {
  atOnce: number
  /** Longest queue; there is one for those who are known and one for everybody else. */
  waiting: number
}

export function createGate({ atOnce, waiting }: GateOptions): Gate {
  const queues = { known: [] as (() => void)[], anyone: [] as (() => void)[] }
  let inside = 0

  return {
    async run(work, who = 'anyone') {
      if (inside >= atOnce) {
        if (queues[who].length >= waiting) throw full()
        await new Promise<void>((resolve) => queues[who].push(resolve))
      } else inside += 1
      try {
        return await work()
      } finally {
        // The place is handed on, so that nobody slips in between.
        const next = queues.known.shift() ?? queues.anyone.shift()
        if (next) next()
        else inside -= 1
      }
    },
  }
}

function full(): DomainError {
  const message = 'Too many people are signing in at this moment. Try again in a few seconds.'
  return new DomainError('UNAVAILABLE', message, { retryAfterSeconds: 2 })
}
