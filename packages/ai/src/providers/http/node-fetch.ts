import { Agent, type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http'
import { Agent as SecureAgent, request as requestSecure } from 'node:https'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Most that is read of the body of an error, in characters. */
const MAX_ERROR = 100_000

/** A response whose body is read as a stream of Node: `body` is null. */
export class StreamedResponse extends Response {
  readonly stream: Readable

  constructor(stream: Readable, init: ResponseInit) {
    super(null, init)
    this.stream = stream
  }
}

/** A socket is read only when its reader asks for more: what a busy reader leaves waits in the kernel, in one piece. */
const agentOptions = { keepAlive: true, highWaterMark: 1 }

/**
 * As much of `fetch` as the SDKs need, straight on Node's HTTP client: the streams of the global `fetch` cost as much per
 * token as all the rest of the way. Follows no redirect. Rejects with the error of the socket. The signal counts until the
 * response is given; from then on its stream is to be destroyed.
 */
export function createNodeFetch(): typeof fetch {
  const plain = new Agent(agentOptions)
  const secure = new SecureAgent(agentOptions)
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const { method = 'GET', headers: given, body, signal } = init
    signal?.throwIfAborted()
    const headers = Object.fromEntries(given instanceof Headers ? given : new Headers(given))
    const outgoing =
      url.protocol === 'https:'
        ? requestSecure(url, { method, headers, agent: secure })
        : requestPlain(url, { method, headers, agent: plain })
    // Not by the `signal` of the request: Node throws its error at nobody when the whole answer has come in unread.
    const stop = () => void outgoing.destroy()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await toResponse(await send(outgoing, body))
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }
}

function send(outgoing: ClientRequest, body: RequestInit['body']): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Errors after the answer has begun are told by its stream.
    outgoing.on('response', resolve).on('error', reject)
    if (typeof body === 'string') outgoing.end(body)
    else outgoing.destroy(new TypeError('Only text can be sent.'))
  })
}

async function toResponse(answer: IncomingMessage): Promise<Response> {
  // Whoever reads the stream hears of its errors; this is for those in between.
  answer.on('error', () => {})
  const status = answer.statusCode ?? 500
  // Of a good answer nobody asks more than its type, and every header costs.
  const type = answer.headers['content-type'] ?? ''
  if (status === 200) return new StreamedResponse(answer, { status, headers: { 'content-type': type } })
  const headers = new Headers()
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return new Response((await readError(answer)) || null, { status, headers })
}

/** The beginning of what a server says is wrong; enough for any that is meant for people. */
async function readError(answer: Readable): Promise<string> {
  const decoder = new StringDecoder('utf8')
  let text = ''
  for await (const bytes of answer) {
    text += decoder.write(bytes as Buffer)
    if (text.length > MAX_ERROR) break
  }
  return text
}
