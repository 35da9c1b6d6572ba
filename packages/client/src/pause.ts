import type { Timing } from './timing.ts'

/**
 * Waits `ms` milliseconds, or until a browser that was offline is online again. Throws the signal's reason when it
 * aborts.
 */
export function pause(ms: number, timing: Timing, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const settle = (how: () => void) => {
      over.abort()
      how()
    }
    const callOff = timing.after(ms, () => settle(resolve))
    over.signal.addEventListener('abort', callOff)
    signal.addEventListener('abort', () => settle(() => reject(signal.reason)), { signal: over.signal })
    globalThis.addEventListener?.('online', () => settle(resolve), { signal: over.signal })
  })
}

/** True in a browser that believes itself offline. */
export function seemsOffline(): boolean {
  const { onLine = true } = (globalThis.navigator ?? {}) as Partial<Navigator>
  return !onLine
}
