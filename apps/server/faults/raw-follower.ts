import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ExecutionEvent, isTerminalEvent } from '@kickstartmyai/contract'

export interface RawFollowOptions {
  /** Where to connect, asked for each connection. */
  url: () => string
  token: () => Promise<string>
  executionId: string
  after: number
  /** Told of each event; what it takes to handle it, the server has to wait. */
  onEvent: (event: ExecutionEvent) => Promise<void> | void
  signal: AbortSignal
}

const pauseMs = 100

/**
 * Follows by plain server-sent events as a hundred lines in any language would: by the `id` of the last event, again and
 * again, until the terminal event. It shares no code with our client, and corrects nothing that the server gets wrong.
 */
export async function followRaw({ url, token, executionId, after, onEvent, signal }: RawFollowOptions): Promise<void> {
  let last = String(after)
  while (!signal.aborted) {
    try {
      const headers = { authorization: `Bearer ${await token()}`, 'last-event-id': last }
      const request = get(`${url()}/api/v1/executions/${executionId}/events`, { headers, signal, agent: false })
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      if (response.statusCode !== 200) {
        response.destroy()
        throw new Error(`status ${response.statusCode}`)
      }
      for await (const { id, data } of readFrames(response)) {
        const event = JSON.parse(data) as ExecutionEvent
        await onEvent(event)
        last = id
        if (isTerminalEvent(event.type)) return response.destroy() as unknown as void
      }
    } catch {
      // Cut, refused or away: the next try tells.
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

async function* readFrames(response: IncomingMessage): AsyncGenerator<{ id: string; data: string }> {
  response.setEncoding('utf8')
  let text = ''
  for await (const piece of response as AsyncIterable<string>) {
    text += piece
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const id = field('id')
      const data = field('data')
      if (id !== undefined && data !== undefined) yield { id, data }
    }
  }
}
