import type { Execution, ExecutionEvent } from '@kickstartmyai/contract'
import { ClientError } from './client-error.ts'
import type { Credentials } from './credentials.ts'
import { connect } from './event-connection.ts'
import type { FollowOptions } from './follow-options.ts'
import { isTerminalEvent, isTerminalStatus } from './is-terminal.ts'
import { openLine, untilAborted } from './line.ts'
import type { Timing } from './timing.ts'

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

/** What a server may ask for as the pause after a cut: none would be a stampede, an hour a mistake. */
const leastToldMs = 100
const longestToldMs = 30_000

/** Where a follower stands, across connections. */
export interface Progress {
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

/** One connection. Throws when it ended before the execution did; `renewed`: with the token it has now it may go on. */
export async function* listen(
  deps: StreamDeps,
  { silenceMs = 45_000, onStateChange }: FollowOptions,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<ExecutionEvent, 'over' | 'renewed'> {
  const { last: before } = progress
  let hasWaited = false
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
      onSign: () => {
        hasWaited = true
        Object.assign(progress, { failures: 0, renewals: 0 })
      },
      onRetry: (ms) => (progress.toldMs = Math.max(leastToldMs, Math.min(ms, longestToldMs))),
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
    // Closed without a last word: cut on the way, or nothing comes after what one has. Then the server has not waited.
    const mayBeOver = progress.last === before && !hasWaited
    if (mayBeOver && (await line.heard(hasNoMore(deps, before, line.signal)))) return 'over'
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
