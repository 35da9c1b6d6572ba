import type { ServerResponse } from 'node:http'
import { isTerminalEvent } from '@kickstartmyai/contract'
import type { StoredEvent } from '@kickstartmyai/domain'
import { frame } from './frame.ts'

export interface EventStream {
  batches: AsyncGenerator<readonly StoredEvent[], void>
  /** What is told when the stream breaks in the middle. */
  onError: (error: unknown) => string
  /** Called when the stream is over, whoever ended it. */
  onEnd: () => void
  pingMs: number
  /** How soon a reader should come back by itself when the stream breaks; asked for each stream. */
  retryMs: () => number
  /** The same when it is sent away, to another server that is there already. */
  returnMs: () => number
}

/**
 * Writes server-sent events to node's own response, a batch at a time: web streams cost as much per token as all else.
 * It is pulled: a reader that does not read is not written for, and costs one batch. A comment is sent in every quiet
 * interval, so that both ends notice a dead connection. A stream that ends without its terminal event tells its reader
 * once more when to come back.
 */
export async function writeEventStream(out: ServerResponse, stream: EventStream): Promise<void> {
  const { batches, onError, onEnd, pingMs, retryMs, returnMs } = stream
  let isGone = out.destroyed
  let resume = () => {}
  out.once('close', () => {
    isGone = true
    onEnd()
    resume()
  })
  out.on('drain', () => resume())
  const ping = setInterval(() => {
    if (!out.writableNeedDrain) out.write(': ping\n\n')
  }, pingMs)

  let last: StoredEvent | undefined
  out.write(`retry: ${retryMs()}\n\n`)
  try {
    for await (const batch of batches) {
      if (isGone) break
      last = batch.at(-1)
      if (!out.write(frame(batch))) await new Promise<void>((resolve) => (resume = resolve))
      ping.refresh()
    }
    if (!last || !isTerminalEvent(last.type)) out.write(`retry: ${returnMs()}\n\n`)
  } catch (error) {
    out.write(`event: error\ndata: ${onError(error)}\n\n`)
  } finally {
    clearInterval(ping)
    onEnd()
    out.end()
  }
}
