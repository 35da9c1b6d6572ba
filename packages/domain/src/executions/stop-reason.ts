/** Why a running execution is made to stop; the abort reason of its signal. */
export type StopReason = 'cancelled' | 'timed_out' | 'lease_lost' | 'draining'

/** The reason for which a signal was aborted by the engine. */
export function stopReasonOf(signal: AbortSignal): StopReason | null {
  return signal.aborted ? (signal.reason as StopReason) : null
}
