import type { ApiError, ExecutionEvent } from '@kickstartmyai/contract'
import { type ClientOptions, createClient } from '../create-client.ts'

export interface PlayedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
  signal: AbortSignal | undefined
}

export interface PlayedServer {
  fetch: typeof globalThis.fetch
  requests: PlayedRequest[]
}

export type Answer = (request: PlayedRequest, index: number) => Response | Error | Promise<Response | Error>

/** A fetch whose answers a test gives: a Response, or an Error for a server that is not reached. */
export function playServer(answer: Answer): PlayedServer {
  const requests: PlayedRequest[] = []
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    init.signal?.throwIfAborted()
    const request: PlayedRequest = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      signal: init.signal ?? undefined,
    }
    requests.push(request)
    const given = await answer(request, requests.length - 1)
    if (given instanceof Error) throw given
    return given
  }
  return { fetch, requests }
}

/** A client of a played server. */
export function clientOf(answer: Answer, options: Partial<ClientOptions> = {}) {
  const server = playServer(answer)
  return { ...server, api: createClient({ url: 'http://api', fetch: server.fetch, ...options }) }
}

export const bearers = (requests: readonly PlayedRequest[]) =>
  requests.map(({ headers }) => headers.get('authorization'))

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { ...headers, 'content-type': 'application/json' } })

/** A refusal in REST's envelope. */
export const refusal = (status: number, code: ApiError['code'], details?: ApiError['details']) =>
  json({ error: { code, message: `refused: ${code}`, requestId: 'r-1', ...(details && { details }) } }, status)

/** A refusal as tRPC tells it, for a call that goes alone. */
export const trpcRefusal = (httpStatus: number, code: ApiError['code']) => {
  const error = { code, message: `refused: ${code}`, requestId: 'r-1' }
  return json(
    { error: { code: -32600, message: error.message, data: { code: 'BAD_REQUEST', httpStatus, error } } },
    httpStatus,
  )
}

export const trpcResult = (data: unknown) => json({ result: { data } })

/** Text deltas from one sequence number to another. */
export function deltas(from: number, to: number): ExecutionEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    type: 'text.delta',
    text: `t${from + index} `,
    seq: from + index,
  }))
}

export const completed = (seq: number): ExecutionEvent => ({
  type: 'execution.completed',
  usage: { inputTokens: 1, outputTokens: 2, cachedInputTokens: 0, reasoningTokens: 0 },
  seq,
})

export const frame = (event: ExecutionEvent) =>
  `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`

/** How a played event stream ends: closed in order, cut, or kept open until the reader hangs up. */
export type StreamEnd = 'close' | 'cut' | 'open'

/** An event stream that sends these pieces, one a read, and then ends. */
export function eventStream(pieces: readonly (string | Uint8Array)[], end: StreamEnd, signal?: AbortSignal): Response {
  const encoder = new TextEncoder()
  let next = 0
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
      pull(controller) {
        const piece = pieces[next++]
        if (piece !== undefined) return controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece)
        if (end === 'close') return controller.close()
        if (end === 'cut') return controller.error(new TypeError('terminated'))
        // Never settled: a stream that stays silent.
        return new Promise(() => {})
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}
