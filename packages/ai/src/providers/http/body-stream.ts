import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { ModelError } from '../../model/error.ts'
import { StreamedResponse } from './node-fetch.ts'

/** Longest that the end of a body is waited for after the last event, in milliseconds. */
const DRAIN_MS = 1000

interface Opening {
  vendor: string
  open: (signal: AbortSignal) => Promise<Response>
  toModelError: (error: unknown) => ModelError
}

/** Sends the request and gives the body of its answer, which is a stream of events. */
export async function openStream({ vendor, open, toModelError }: Opening, signal: AbortSignal): Promise<Readable> {
  const response = await open(signal).catch((error: unknown) => {
    throw toModelError(error)
  })
  const type = response.headers.get('content-type')
  const body = toReadable(response)
  if (type && !type.includes('event-stream')) {
    body.destroy()
    const words = `${vendor} answered with ${type} instead of a stream. Its base URL may be wrong.`
    throw new ModelError('malformed', words, { status: response.status })
  }
  return body
}

/**
 * Reads the little that may come after the last event, so that the connection can be used again; closes it when more comes
 * than that.
 */
export function drain(body: Readable): void {
  if (body.closed) return
  const timer = setTimeout(() => body.destroy(), DRAIN_MS).unref()
  body.once('close', () => clearTimeout(timer))
  body.on('error', () => {}).resume()
}

function toReadable(response: Response): Readable {
  if (response instanceof StreamedResponse) return response.stream
  // Under the types of a browser, node's own reader of web streams does not know fetch's.
  return response.body ? Readable.fromWeb(response.body as unknown as WebStream) : Readable.from([])
}
