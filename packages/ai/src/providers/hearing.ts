import type { ModelChunk } from '../model/chunk.ts'
import type { ModelError } from '../model/error.ts'
import { toModelFailure } from './http/http-failure.ts'
import { createEventSplitter } from './http/split-events.ts'

/** What a reader makes of an event: chunks, and at most one failure after them. */
export type ReadChunk = ModelChunk | { type: 'failure'; error: ModelError }

interface Speaker<Event> {
  vendor: string
  /** What one event of the stream means. */
  read: (event: Event) => readonly ReadChunk[]
}

/**
 * Understands a stream of events piece by piece: gives what each piece means, up to a failure. Words that came in one piece
 * are one chunk: whatever lies between here and the reader's screen is paid for each chunk, not for each word.
 */
export function createHearing<Event>(speaker: Speaker<Event>): (bytes: Uint8Array) => readonly ReadChunk[] {
  const split = createEventSplitter()
  return (bytes) => {
    const heard: ReadChunk[] = []
    try {
      for (const data of split(bytes)) for (const chunk of understand(data, speaker)) join(heard, chunk)
    } catch {
      // What fails here fails because of what the vendor sent.
      heard.push({ type: 'failure', error: toModelFailure({ vendor: speaker.vendor, kind: 'malformed' }) })
    }
    return heard
  }
}

const NOTHING: readonly ReadChunk[] = []

function understand<Event>(data: string, { read }: Speaker<Event>): readonly ReadChunk[] {
  // Not JSON, and the end of the stream only in other protocols.
  if (data === '[DONE]') return NOTHING
  const event = JSON.parse(data) as Event
  return typeof event === 'object' && event !== null ? read(event) : NOTHING
}

function join(heard: ReadChunk[], chunk: ReadChunk): void {
  const last = heard.at(-1)
  if ((chunk.type === 'text' || chunk.type === 'reasoning') && last?.type === chunk.type) {
    heard[heard.length - 1] = { type: chunk.type, text: last.text + chunk.text }
  } else {
    heard.push(chunk)
  }
}
