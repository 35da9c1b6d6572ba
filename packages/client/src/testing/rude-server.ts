import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionEvent } from '@kickstartmyai/contract'
import { frame } from './played-server.ts'

/** What a server does with one request; `after` is the last event id that it asks with. */
export type Manner = (out: ServerResponse, after: number, request: IncomingMessage) => void | Promise<void>

export interface RudeServer extends AsyncDisposable {
  url: string
  /** The last event id of each request for events. */
  asked: number[]
}

/** A real server, on a port of its own unless told, that answers each request in its turn as it was told, and the last way from then on. */
export async function startRudeServer(manners: readonly Manner[], port = 0): Promise<RudeServer> {
  const asked: number[] = []
  const server = createServer((request, response) => {
    const after = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('lastEventId'))
    const manner = manners[Math.min(asked.length, manners.length - 1)]
    asked.push(after)
    void manner?.(response, after, request)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Begins a stream and sends these events, all at once. */
export function begin(out: ServerResponse, events: readonly ExecutionEvent[], headers: Record<string, string> = {}) {
  out.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers })
  out.write(`retry: 100\n\n${events.map(frame).join('')}`)
}

/** Answers in REST's envelope of errors. */
export function refuse(out: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
  out.writeHead(status, { 'content-type': 'application/json', ...headers })
  out.end(JSON.stringify({ error: { code, message: 'no', requestId: 'r-1' } }))
}
