/** A signed-in person who talks plain REST, as a program without our client would. */
export interface Person {
  accessToken: string
  refreshToken: string
  /** Calls /api/v1 and gives status and parsed body. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Reads an execution's event stream to its end, or until `until`. */
  follow(executionId: string, options?: FollowOptions): Promise<WireEvent[]>
}

export interface Answer {
  status: number
  // A test looks into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
  headers: Headers
}

export interface WireEvent {
  id: number
  event: string
  data: Record<string, unknown>
}

interface FollowOptions {
  lastEventId?: number
  until?: (event: WireEvent) => boolean
}

let people = 0

export async function newPerson(url: string): Promise<Person> {
  people += 1
  const call = caller(url, () => undefined)
  const account = { email: `person${people}-${Date.now()}@example.com`, password: 'a long password' }
  const { body } = await call('POST', '/auth/register', account)
  return asPerson(url, body.accessToken, body.refreshToken)
}

export function asPerson(url: string, accessToken: string, refreshToken = ''): Person {
  const call = caller(url, () => accessToken)
  const follow = async (executionId: string, { lastEventId, until }: FollowOptions = {}) => {
    const headers = {
      authorization: `Bearer ${accessToken}`,
      ...(lastEventId && { 'last-event-id': String(lastEventId) }),
    }
    const stop = new AbortController()
    const response = await fetch(`${url}/api/v1/executions/${executionId}/events`, { headers, signal: stop.signal })
    if (!response.body || response.status !== 200)
      throw new Error(`follow: ${response.status} ${await response.text()}`)
    const events: WireEvent[] = []
    for await (const event of readEvents(response.body)) {
      events.push(event)
      if (until?.(event)) break
    }
    stop.abort()
    return events
  }
  return { accessToken, refreshToken, call, follow }
}

function caller(url: string, token: () => string | undefined) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const bearer = token()
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
  }
}

/** Server-sent events by the book, so that our own client's parser does not test itself. */
async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<WireEvent> {
  let text = ''
  for await (const piece of stream.pipeThrough(
    new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>,
  )) {
    text += piece
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*: ?/, '')]),
      )
      text = text.slice(end + 2)
      if (fields.has('data')) {
        yield {
          id: Number(fields.get('id')),
          event: fields.get('event') ?? '',
          data: JSON.parse(fields.get('data') ?? ''),
        }
      }
    }
  }
}
