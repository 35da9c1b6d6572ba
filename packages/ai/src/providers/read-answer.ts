import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelChunk } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import { drain, openStream } from './http/body-stream.ts'
import { createHearing, type ReadChunk } from './hearing.ts'
import { toModelFailure } from './http/http-failure.ts'
import { withoutKey } from './http/without-key.ts'

/**
 * For how many milliseconds to leave a stream alone after a read; 0 reads on at once. A busy process reads less often and
 * more at a time, which is what lets it keep up.
 */
export type ReadPace = () => number

/** One question to a vendor, split into what differs between vendors. */
export interface Asking<Event> {
  vendor: string
  /** What no error may contain. */
  apiKey: string
  /** Sends the request; resolves when the status is known to be good. */
  open: (signal: AbortSignal) => Promise<Response>
  /** What one event of the stream means. */
  read: (event: Event) => readonly ReadChunk[]
  pace: ReadPace | undefined
  /** Makes a ModelError of what `open` rejects with. */
  toModelError: (error: unknown) => ModelError
}

/**
 * Asks a vendor and streams its answer up to its terminal event. Throws a ModelError when there is no such event, and the
 * reason of the signal when it aborts. The upstream socket is closed when the signal aborts and when the reader leaves.
 */
export async function* readAnswer<Event>(asking: Asking<Event>, signal: AbortSignal): AsyncGenerator<ModelChunk, void> {
  signal.throwIfAborted()
  let body: Readable | undefined
  let finished = false
  let spoke = false
  // A signal of its own, since the SDKs leave listeners on the one that they are given.
  const request = new AbortController()
  const close = () => {
    // A reason of its own costs nothing; a default one is made with its stack.
    request.abort('left')
    body?.destroy()
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    body = await openStream(asking, request.signal)
    signal.throwIfAborted()
    const hear = createHearing(asking)
    for await (const bytes of body.iterator({ destroyOnReturn: false })) {
      const heard = hear(bytes as Uint8Array)
      for (const chunk of heard) {
        if (chunk.type === 'failure') throw chunk.error
        finished = chunk.type === 'finish'
        yield chunk
        if (finished) return
      }
      if (heard.length === 0) yield ALIVE
      else spoke = true
      // Until the first word nobody has anything to read.
      const pause = spoke ? (asking.pace?.() ?? 0) : 0
      if (pause > 0) await sleep(pause)
    }
    throw toModelFailure({ vendor: asking.vendor, kind: 'stream_cut' })
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof ModelError) throw withoutKey(error, asking.apiKey)
    throw toModelFailure({ vendor: asking.vendor, kind: 'stream_cut' })
  } finally {
    signal.removeEventListener('abort', close)
    if (finished && body) drain(body)
    else close()
  }
}

const ALIVE: ModelChunk = { type: 'alive' }
