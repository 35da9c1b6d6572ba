import type { ModelChunk } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import { toModelFailure } from './http-failure.ts'

/** What a reader makes of an event: chunks, and at most one failure after them. */
export type ReadChunk = ModelChunk | { type: 'failure'; error: ModelError }

/** One question to a vendor, split into what differs between vendors. */
export interface Asking<Event> {
  vendor: string
  /** What no error may contain. */
  apiKey: string
  /** Sends the request, bound to the signal; resolves when the status is known to be good. */
  open: () => PromiseLike<AsyncIterable<Event>>
  /** What one event of the stream means. */
  read: (event: Event) => readonly ReadChunk[]
  toModelError: (error: unknown) => ModelError
}

/**
 * Asks a vendor and streams its answer up to its terminal event. Throws a ModelError when there is no such event, and the
 * reason of the signal when it aborts. The upstream socket is closed when the signal aborts and when the reader leaves.
 */
export async function* readAnswer<Event>(asking: Asking<Event>, signal: AbortSignal): AsyncGenerator<ModelChunk, void> {
  const { vendor, apiKey, open, read } = asking
  signal.throwIfAborted()
  let answering = false
  try {
    const events = await open()
    answering = true
    for await (const event of events) {
      for (const chunk of read(event)) {
        if (chunk.type === 'failure') throw chunk.error
        yield chunk
        if (chunk.type === 'finish') return
      }
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw withoutKey(nameFailure(error, asking, answering), apiKey)
  }
  signal.throwIfAborted()
  throw toModelFailure({ vendor, kind: 'stream_cut' })
}

function nameFailure<Event>(error: unknown, { vendor, toModelError }: Asking<Event>, answering: boolean): ModelError {
  if (error instanceof ModelError) return error
  if (error instanceof SyntaxError) return toModelFailure({ vendor, kind: 'malformed' })
  if (answering && isTransportError(error)) return toModelFailure({ vendor, kind: 'stream_cut' })
  return toModelError(error)
}

/** A body whose socket is reset fails with a bare TypeError (Fetch standard) or with an error of the system. */
function isTransportError(error: unknown): boolean {
  if (error instanceof TypeError) return true
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && !('status' in error)
}

/** A server may quote anything that it was sent. What is shorter than this is a word such as “none” and no secret. */
function withoutKey(error: ModelError, apiKey: string): ModelError {
  if (apiKey.length < 6 || !error.message.includes(apiKey)) return error
  const { kind, retryable, retryAfterMs, status } = error
  return new ModelError(kind, error.message.replaceAll(apiKey, '…'), {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
  })
}
