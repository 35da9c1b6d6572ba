import type { StoredEvent } from '@kickstartmyai/domain'
import { frame } from './frame.ts'

export interface EventStreamOptions {
  batches: AsyncGenerator<readonly StoredEvent[], void>
  /** What is told when the stream breaks in the middle. */
  onError: (error: unknown) => string
  /** Called when the stream is over, whoever ended it. */
  onEnd: () => void
  pingMs: number
  /** How soon a browser should come back by itself when the stream breaks. */
  retryMs: number
}

/**
 * A body of server-sent events. It is pulled: a reader that does not read is not written for, and costs one batch. A
 * comment is sent in every quiet interval, so that both ends notice a dead connection.
 */
export function eventStream({
  batches,
  onError,
  onEnd,
  pingMs,
  retryMs,
}: EventStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let ping: NodeJS.Timeout | undefined
  const end = () => {
    clearInterval(ping)
    onEnd()
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`))
      ping = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': ping\n\n'))
      }, pingMs)
    },
    async pull(controller) {
      try {
        const batch = await batches.next()
        if (!batch.done) return controller.enqueue(encoder.encode(frame(batch.value)))
      } catch (error) {
        controller.enqueue(encoder.encode(`event: error\ndata: ${onError(error)}\n\n`))
      }
      end()
      controller.close()
    },
    cancel: end,
  })
}
