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
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  if (response.ok && isStream && response.body) return response.body
  const text = await heard(line, response.text())
  throw fromBody(parseJson(text), response)
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
      for (const message of messages) yield toEvent(message)
      messages = []
    }
  } finally {
    // Lets go of a body that does not heed the signal, too.
    reader.cancel().catch(() => {})
  }
}

function toEvent({ event, data }: EventSourceMessage): ExecutionEvent {
  const value = parseJson(data)
  if (event === 'error' && isApiError(value)) throw fromApiError(value)
  if (typeof (value as { seq?: unknown } | undefined)?.seq === 'number') return value as ExecutionEvent
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
