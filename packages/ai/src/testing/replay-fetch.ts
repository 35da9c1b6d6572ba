export interface Replay {
  fetch: typeof fetch
  /** The bodies that were sent, parsed. */
  readonly bodies: Record<string, unknown>[]
}

export interface ReplayOptions {
  status?: number
  headers?: Record<string, string>
  /** The size of the pieces in which the body arrives; all at once unless told. */
  pieceBytes?: number
}

/** A `fetch` that answers every request with the same bytes, in pieces that respect no character and no line. */
export function replayFetch(body: string, options: ReplayOptions = {}): Replay {
  const { status = 200, pieceBytes = Infinity } = options
  const headers = { 'content-type': status === 200 ? 'text/event-stream' : 'application/json', ...options.headers }
  const bodies: Record<string, unknown>[] = []
  const bytes = new TextEncoder().encode(body)
  return {
    bodies,
    fetch: async (_url, init) => {
      bodies.push((await new Response(init?.body ?? null).json()) as Record<string, unknown>)
      let sent = 0
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent >= bytes.length) return controller.close()
          controller.enqueue(bytes.slice(sent, sent + pieceBytes))
          sent += pieceBytes
        },
      })
      return new Response(stream, { status, headers })
    },
  }
}
