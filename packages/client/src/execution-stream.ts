import type { Execution, ExecutionEvent } from '@kickstartmyai/contract'
import { backoff } from './backoff.ts'
import { ClientError, toClientError } from './client-error.ts'
import type { Credentials } from './credentials.ts'
import { connect } from './event-connection.ts'
import { isNobodysWord, mayPass } from './may-pass.ts'
import { isTerminalEvent, isTerminalStatus } from './is-terminal.ts'
import { openLine, untilAborted } from './line.ts'
import { pause, seemsOffline } from './pause.ts'
import type { Timing } from './timing.ts'

export type StreamState = 'connecting' | 'live' | 'reconnecting'

export interface FollowOptions {
  /** The last sequence number one has; what comes after it is given. Left out: everything. */
  lastEventId?: number | undefined
  signal?: AbortSignal | undefined
  /** Told how the connection fares, so that an interface can tell the truth. */
  onStateChange?: ((state: StreamState) => void) | undefined
  /**
   * Failed tries in a row after which it throws. Unless told it goes on for as long as the server might come back. The
   * tries of a browser that is offline do not count.
   */
  maxRetries?: number | undefined
  /** Silence in milliseconds after which a connection is taken for dead; 45,000 unless told. */
  silenceMs?: number | undefined
}

export interface StreamDeps {
  fetch: typeof globalThis.fetch
  /** Where the events are, without a query. */
  url: string
  headers: Record<string, string>
  credentials: Credentials
  timing: Timing
  /** Asks how the execution stands. */
  getExecution: (signal: AbortSignal) => Promise<Pick<Execution, 'status' | 'lastSeq'>>
}

/** How often to try, in milliseconds, while offline: a server on the same machine is there all the same. */
const offlineMs = 10_000

/** Tries in a row that may fail for a reason which is neither the server's nor the network's. */
const mostOddities = 20

const defaultPauseMs = 500
/** A server's wish for a longer pause after a cut is a mistake. */
const longestToldMs = 30_000

/** Where a follower stands, across connections. */
interface Progress {
  last: number
  /** Tries that failed since the last sign of life. */
  failures: number
  /** Those since the last event that failed for a reason which is nobody's word. */
  oddities: number
  /** How soon the server wants to be called again after a cut. */
  toldMs: number | undefined
  /** New tokens that were fetched since the last sign of life. */
  renewals: number
  /** Whether the server has taken the newest of them. */
  isTaken: boolean
}

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

/** One connection. Throws when it ended before the execution did; `renewed`: with the token it has now it may go on. */
async function* listen(
  deps: StreamDeps,
  { silenceMs = 45_000, onStateChange }: FollowOptions,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<ExecutionEvent, 'over' | 'renewed'> {
  const { last: before } = progress
  const line = openLine(signal, silenceMs, deps.timing)
  try {
    const token = await untilAborted(deps.credentials.token(), signal)
    const events = connect({
      ...deps,
      url: `${deps.url}?lastEventId=${before}`,
      headers: {
        accept: 'text/event-stream',
        ...deps.headers,
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      line,
      onOpen: () => {
        progress.isTaken = true
        onStateChange?.('live')
      },
      onSign: () => Object.assign(progress, { failures: 0, renewals: 0 }),
      onRetry: (ms) => (progress.toldMs = Math.min(ms, longestToldMs)),
    })
    try {
      for await (const event of events) {
        if (event.seq <= progress.last) continue
        if (event.seq > progress.last + 1) throw missing(progress.last + 1)
        Object.assign(progress, { last: event.seq, failures: 0, oddities: 0, renewals: 0 })
        yield event
        if (isTerminalEvent(event.type)) return 'over'
      }
    } catch (error) {
      if (!isRefusedToken(error) || (progress.renewals > 0 && !progress.isTaken)) throw error
      if (!(await line.heard(deps.credentials.renew(token)))) throw error
      progress.renewals += 1
      progress.isTaken = false
      return 'renewed'
    }
    // Closed without a last word: cut on the way, or nothing comes after what one has.
    if (progress.last === before && (await line.heard(hasNoMore(deps, before, line.signal)))) return 'over'
    throw new ClientError({ code: 'NETWORK', message: 'The event stream was cut.' })
  } finally {
    line.hangUp()
  }
}

async function hasNoMore({ getExecution }: StreamDeps, last: number, signal: AbortSignal): Promise<boolean> {
  const { status, lastSeq } = await getExecution(signal)
  return isTerminalStatus(status) && lastSeq <= last
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof ClientError && (error.code === 'TOKEN_EXPIRED' || error.code === 'UNAUTHORIZED')
}

function missing(seq: number): ClientError {
  return new ClientError({ code: 'INTERNAL', message: `Event ${seq} is missing from the stream.` })
}
