import type { Timing } from './timing.ts'

/**
 * Waits `ms` milliseconds; in a browser that knows itself offline until it is online again, however long that takes, and
 * no longer than until then. Throws the signal's reason when it aborts.
 */
export function pause(ms: number, timing: Timing, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const settle = (how: () => void) => {
      over.abort()
      how()
    }
    // Programs have no such thing, and are online.
    const { onLine = true } = (globalThis.navigator ?? {}) as Partial<Navigator>
    const callOff = onLine ? timing.after(ms, () => settle(resolve)) : () => {}
    over.signal.addEventListener('abort', callOff)
    signal.addEventListener('abort', () => settle(() => reject(signal.reason)), { signal: over.signal })
    globalThis.addEventListener?.('online', () => settle(resolve), { signal: over.signal })
  })
}
