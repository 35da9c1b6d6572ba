import type { ExecutionEvent } from '@kickstartmyai/contract'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { ClientError, fromApiError, fromBody, isApiError, unreachable } from './client-error.ts'
import type { Line } from './line.ts'

export interface ConnectionOptions {
  fetch: typeof globalThis.fetch
  url: string
  headers: Record<string, string>
  line: Line
  onOpen: () => void
  /** The server is there, though it may have nothing to say. */
  onSign: () => void
  /** How soon the server asks to be called again after a cut, in milliseconds. */
  onRetry: (ms: number) => void
}

/**
 * The events of one connection (server-sent events: WHATWG HTML, 9.2), until the server closes it. Throws a ClientError
 * when it is refused, cut or silent, and the signal's reason when that aborts.
 */
export async function* connect(options: ConnectionOptions): AsyncGenerator<ExecutionEvent, void> {
  const { fetch, url, headers, line, onOpen } = options
  const response = await heard(line, fetch(url, { headers, signal: line.signal, cache: 'no-store' }))
  const body = await open(response, line)
  onOpen()
  yield* read(body.getReader(), options)
}

/** A failure on the way is a server that was not reached; why the line was given up is told as it is. */
function heard<Value>(line: Line, promise: Promise<Value>): Promise<Value> {
  const arrival = promise.catch((error: unknown) => {
    line.signal.throwIfAborted()
    throw unreachable(error)
  })
  return line.heard(arrival)
}

async function open(response: Response, line: Line): Promise<ReadableStream<Uint8Array>> {
  const type = response.headers.get('content-type')?.toLowerCase() ?? ''
  if (response.ok && type.startsWith('text/event-stream') && response.body) return response.body
  // A page of something on the way is not read: its status says what it can, and it may never end.
  const isOurs = !response.ok && type.includes('json')
  throw fromBody(isOurs ? parseJson(await heard(line, response.text())) : undefined, response)
}

async function* read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { line, onRetry, onSign }: ConnectionOptions,
): AsyncGenerator<ExecutionEvent, void> {
  const decoder = new TextDecoder()
  let messages: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => messages.push(message), onRetry, onComment: onSign })
  try {
    for (;;) {
      const { done, value } = await heard(line, reader.read())
      if (done) return
      parser.feed(decoder.decode(value, { stream: true }))
      for (const message of messages) {
        // What was read already is not handed to one who has left.
        line.signal.throwIfAborted()
        const event = toEvent(message)
        if (event) yield event
      }
      messages = []
    }
  } finally {
    // Lets go of a body that does not heed the signal, too.
    reader.cancel().catch(() => {})
  }
}

/** Null for what is no event of an execution: a later version of the server may have other things to say. */
function toEvent({ id, event, data }: EventSourceMessage): ExecutionEvent | null {
  const value = parseJson(data)
  if (event === 'error' && isApiError(value)) throw fromApiError(value)
  const { seq, type } = (value ?? {}) as { seq?: unknown; type?: unknown }
  if (Number.isSafeInteger(seq) && typeof type === 'string') return value as ExecutionEvent
  if (id === undefined && event !== undefined) return null
  throw new ClientError({ code: 'INTERNAL', message: 'The event stream is malformed.' })
}

/** Undefined where the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
