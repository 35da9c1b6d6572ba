import type { AppRouter } from '@kickstartmyai/api/app-router'
import { type Operation, type OperationResultEnvelope, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { backoff } from './backoff.ts'
import { type ClientError, toClientError } from './client-error.ts'
import { openLine } from './line.ts'
import { newKey } from './new-key.ts'
import { pause } from './pause.ts'
import type { Timing } from './timing.ts'

type Envelope = OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>
type Attempt = (signal: AbortSignal) => Promise<Envelope>

/**
 * About half a minute of pauses in all: a restart of the server is waited out, then a person is told. A try that was never
 * answered has taken half a minute itself, and counts for as many as that.
 */
const mostFailures = 8
const failuresOfSilence = 4
const firstPauseMs = 250
const answerWithinMs = 30_000
const longestRetryAfterMs = 60_000

/**
 * Makes a send safe to lose. It carries a key, of its own where none is given, and is made again with the same one when
 * the server was not reached, gave no answer, broke, or said when to come back: one send, with the same ids, however
 * often it arrives.
 */
export function sendAgainLink(timing: Timing): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      if (op.path !== 'conversations.send') return next(op)
      const keyed = withKey(op)
      const attempt: Attempt = (signal) =>
        new Promise((resolve, reject) => {
          const request = next(keyed).subscribe({ next: resolve, error: reject })
          signal.addEventListener('abort', () => request.unsubscribe(), { once: true })
        })
      return observable((observer) => {
        const gone = new AbortController()
        const signal = op.signal ? AbortSignal.any([gone.signal, op.signal]) : gone.signal
        send(attempt, timing, signal).then(
          (answer) => {
            observer.next(answer)
            observer.complete()
          },
          (error: unknown) => observer.error(TRPCClientError.from(error as Error)),
        )
        return () => gone.abort()
      })
    }
}

function withKey(op: Operation): Operation {
  const input = op.input as { clientKey?: string | undefined } | undefined
  return { ...op, input: { ...input, clientKey: input?.clientKey ?? newKey() } }
}

async function send(attempt: Attempt, timing: Timing, signal: AbortSignal): Promise<Envelope> {
  for (let failures = 0; ;) {
    signal.throwIfAborted()
    const line = openLine(signal, answerWithinMs, timing)
    let waitMs: number
    try {
      return await line.heard(attempt(line.signal))
    } catch (error) {
      signal.throwIfAborted()
      const failure = toClientError(error)
      const atLeastMs = (failure.details?.retryAfterSeconds ?? 0) * 1000
      if (failures >= mostFailures || atLeastMs > longestRetryAfterMs || !mayHelp(failure)) throw error
      waitMs = backoff(failures, firstPauseMs, timing.random, atLeastMs)
      failures += line.signal.aborted ? failuresOfSilence : 1
    } finally {
      line.hangUp()
    }
    await pause(waitMs, timing, signal)
  }
}

/** Whether the same send may go through later: what the server has refused it refuses again. */
function mayHelp({ code, status, details }: ClientError): boolean {
  if (status === undefined) return code === 'NETWORK'
  if (status === 429) return details?.retryAfterSeconds !== undefined
  return status >= 500 || status < 400 || status === 408
}
