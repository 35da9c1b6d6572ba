import type { ModelChunk } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import { toModelFailure } from './http-failure.ts'

/** What a reader makes of an event: chunks, and at most one failure after them. */
export type ReadChunk = ModelChunk | { type: 'failure'; error: ModelError }

/** One question to a vendor, split into what differs between vendors. */
export interface Asking<Event> {
  vendor: string
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
  const { vendor, open, read, toModelError } = asking
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
    if (error instanceof ModelError) throw error
    if (error instanceof SyntaxError) throw toModelFailure({ vendor, kind: 'malformed' })
    if (answering && isTransportError(error)) throw toModelFailure({ vendor, kind: 'stream_cut' })
    throw toModelError(error)
  }
  signal.throwIfAborted()
  throw toModelFailure({ vendor, kind: 'stream_cut' })
}

/** A body whose socket is reset fails with a bare TypeError (Fetch standard) or an error of the system. */
function isTransportError(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && 'code' in error && typeof error.code === 'string' && !('status' in error))
}
