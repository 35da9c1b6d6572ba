import type { ExecutionEvent } from '@kickstartmyai/contract'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { ClientError, fromApiError, fromBody, isApiError, unreachable } from './client-error.ts'
import type { Timing } from './timing.ts'

export interface ConnectionOptions {
  fetch: typeof globalThis.fetch
  url: string
  headers: Record<string, string>
  signal: AbortSignal
  timing: Timing
  /** Longest silence in milliseconds before the connection is taken for dead; the server sends a comment every 15 s. */
  silenceMs: number
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
  const { silenceMs, timing } = options
  const hangUp = new AbortController()
  const signal = AbortSignal.any([options.signal, hangUp.signal])
  const heard = async <Value>(promise: Promise<Value>): Promise<Value> => {
    const callOff = timing.after(silenceMs, () => hangUp.abort(silent(silenceMs)))
    try {
      return await promise
    } catch (error) {
      signal.throwIfAborted()
      throw unreachable(error)
    } finally {
      callOff()
    }
  }
  try {
    const response = await heard(options.fetch(options.url, { headers: options.headers, signal, cache: 'no-store' }))
    const body = await open(response, heard)
    options.onOpen()
    yield* read(body.getReader(), options, heard)
  } finally {
    hangUp.abort()
  }
}

type Heard = <Value>(promise: Promise<Value>) => Promise<Value>

async function open(response: Response, heard: Heard): Promise<ReadableStream<Uint8Array>> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  if (response.ok && isStream && response.body) return response.body
  const text = await heard(response.text())
  throw fromBody(parseJson(text), response)
}

async function* read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { onRetry, onSign }: ConnectionOptions,
  heard: Heard,
): AsyncGenerator<ExecutionEvent, void> {
  const decoder = new TextDecoder()
  let messages: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => messages.push(message), onRetry, onComment: onSign })
  for (;;) {
    const { done, value } = await heard(reader.read())
    if (done) return
    parser.feed(decoder.decode(value, { stream: true }))
    for (const message of messages) yield toEvent(message)
    messages = []
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

function silent(ms: number): ClientError {
  return new ClientError({ code: 'NETWORK', message: `The server was silent for ${ms / 1000} seconds.` })
}
