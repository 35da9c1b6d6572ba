import { ClientError } from './client-error.ts'
import type { Timing } from './timing.ts'

/** What one waits for on the way to a server, and when one stops waiting. */
export interface Line {
  /** Aborts when the line is given up, by whom ever. */
  signal: AbortSignal
  /**
   * What `promise` gives, if it comes before the server has been silent for too long (then a ClientError, `NETWORK`) or
   * the line is given up (then the reason). It need not know of the signal: not every fetch heeds one.
   */
  heard<Value>(promise: Promise<Value>): Promise<Value>
  hangUp(): void
}

/** A line that the caller's signal gives up, and silence of `silenceMs` milliseconds. */
export function openLine(caller: AbortSignal, silenceMs: number, timing: Timing): Line {
  const own = new AbortController()
  const signal = AbortSignal.any([caller, own.signal])
  return {
    signal,
    async heard(promise) {
      const callOff = timing.after(silenceMs, () => own.abort(silent(silenceMs)))
      try {
        return await untilAborted(promise, signal)
      } finally {
        callOff()
      }
    },
    hangUp: () => own.abort(),
  }
}

/** What `promise` gives, or the reason of `signal` as soon as that aborts, whether or not the promise ever settles. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    const letGo = () => signal.removeEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(letGo)
  })
}

function silent(ms: number): ClientError {
  return new ClientError({ code: 'NETWORK', message: `The server was silent for ${ms / 1000} seconds.` })
}
