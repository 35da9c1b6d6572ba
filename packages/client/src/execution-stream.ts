import type { ExecutionEvent } from '@kickstartmyai/contract'
import { backoff } from './backoff.ts'
import { toClientError } from './client-error.ts'
import type { FollowOptions } from './follow-options.ts'
import { isNobodysWord, mayPass } from './may-pass.ts'
import { listen, type Progress, type StreamDeps } from './one-connection.ts'
import { pause, seemsOffline } from './pause.ts'

/** How often to try, in milliseconds, while offline: a server on the same machine is there all the same. */
const offlineMs = 10_000

/** Tries in a row that may fail for a reason which is neither the server's nor the network's. */
const mostOddities = 20

const defaultPauseMs = 500

/**
 * An execution's events in order, each exactly once, until the terminal one. A connection that is cut is taken up again
 * after the last event that was given, with growing pauses; an expired token is renewed. Throws a ClientError when the
 * server says no, and the signal's reason when that aborts.
 */
export async function* followExecution(
  deps: StreamDeps,
  { signal = new AbortController().signal, maxRetries = Infinity, ...options }: FollowOptions = {},
): AsyncGenerator<ExecutionEvent, void> {
  const { random } = deps.timing
  const progress: Progress = {
    last: options.lastEventId ?? 0,
    failures: 0,
    oddities: 0,
    toldMs: undefined,
    renewals: 0,
    isTaken: false,
  }
  options.onStateChange?.('connecting')
  for (;;) {
    let waitMs = 0
    try {
      if ((yield* listen(deps, options, progress, signal)) === 'over') return
      // A server that takes a token and refuses it as soon as the stream is open is not asked without a pause.
      if (progress.renewals > 1) waitMs = backoff(progress.renewals, defaultPauseMs, random)
    } catch (error) {
      signal.throwIfAborted()
      const failure = toClientError(error)
      const { failures, toldMs = defaultPauseMs } = progress
      const isOffline = seemsOffline()
      if (isNobodysWord(failure)) progress.oddities += 1
      if (!mayPass(failure) || progress.oddities > mostOddities) throw failure
      if (failures >= maxRetries && !isOffline) throw failure
      const atLeastMs = (failure.details?.retryAfterSeconds ?? 0) * 1000
      waitMs = isOffline ? offlineMs : backoff(failures, toldMs, random, atLeastMs)
      // The server has spread its followers itself.
      if (failures === 0 && progress.toldMs !== undefined) waitMs = Math.max(progress.toldMs, atLeastMs)
      if (!isOffline) progress.failures += 1
    }
    options.onStateChange?.('reconnecting')
    await pause(waitMs, deps.timing, signal)
  }
}
