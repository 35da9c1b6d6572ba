import type { Execution, ExecutionEvent } from '@kickstartmyai/contract'
import { backoff } from './backoff.ts'
import { ClientError, type ClientErrorCode, toClientError } from './client-error.ts'
import type { Credentials } from './credentials.ts'
import { connect } from './event-connection.ts'
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
  /** Failed tries in a row after which it throws; 20 unless told. Those of a browser that is offline do not count. */
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

/** What may pass by itself. Anything else is final. */
const passing: ReadonlySet<ClientErrorCode> = new Set<ClientErrorCode>([
  'NETWORK',
  'UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL',
  'RATE_LIMITED',
  'LIMIT_EXCEEDED',
])

/** How often to try, in milliseconds, while offline: a server on the same machine is there all the same. */
const offlineMs = 10_000

/** Where a follower stands, across connections. */
interface Progress {
  last: number
  failures: number
  /** How soon the server wants to be called again after a cut. */
  retryMs: number
  /** A new token was fetched, and nothing has been heard with it yet. */
  hasRenewed: boolean
}

/**
 * An execution's events in order, each exactly once, until the terminal one. A connection that is cut is taken up again
 * after the last event that was given, with growing pauses; an expired token is renewed. Throws a ClientError for what
 * does not pass by itself, and the signal's reason when that aborts.
 */
export async function* followExecution(
  deps: StreamDeps,
  { signal = new AbortController().signal, maxRetries = 20, ...options }: FollowOptions = {},
): AsyncGenerator<ExecutionEvent, void> {
  const progress: Progress = { last: options.lastEventId ?? 0, failures: 0, retryMs: 500, hasRenewed: false }
  options.onStateChange?.('connecting')
  for (;;) {
    let waitMs = 0
    try {
      if ((yield* listen(deps, options, progress, signal)) === 'over') return
    } catch (error) {
      signal.throwIfAborted()
      const { failures, retryMs } = progress
      const failure = toClientError(error)
      const isOffline = seemsOffline()
      if (!passing.has(failure.code) || (failures >= maxRetries && !isOffline)) throw failure
      const atLeastMs = (failure.details?.retryAfterSeconds ?? 0) * 1000
      waitMs = isOffline ? offlineMs : backoff(failures, retryMs, deps.timing.random, atLeastMs)
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
      onOpen: () => onStateChange?.('live'),
      onSign: () => (progress.failures = 0),
      onRetry: (ms) => (progress.retryMs = ms),
    })
    try {
      for await (const event of events) {
        if (event.seq <= progress.last) continue
        if (event.seq > progress.last + 1) throw missing(progress.last + 1)
        Object.assign(progress, { last: event.seq, failures: 0, hasRenewed: false })
        yield event
        if (isTerminalEvent(event.type)) return 'over'
      }
    } catch (error) {
      if (!isRefusedToken(error) || progress.hasRenewed) throw error
      if (!(await line.heard(deps.credentials.renew(token)))) throw error
      progress.hasRenewed = true
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
