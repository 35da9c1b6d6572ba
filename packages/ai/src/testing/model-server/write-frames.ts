import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedRequest } from './model-server.ts'
import type { Frame } from './protocols/protocol.ts'
import { stampMark } from './texts.ts'

const mostBuffered = 16_384

/** Writes server-sent events: gathers those that belong together, counts tokens, and waits for slow readers. */
export class FrameWriter {
  readonly #out: ServerResponse
  readonly #record: RecordedRequest
  readonly #split: boolean
  #text = ''
  #tokens = 0

  constructor(out: ServerResponse, record: RecordedRequest, split: boolean) {
    this.#out = out
    this.#record = record
    this.#split = split
  }

  get isFull(): boolean {
    return this.#text.length >= mostBuffered
  }

  add(frame: Frame): void {
    this.#text += render(frame).replaceAll(stampMark, stampOfNow)
    if (frame.token) this.#tokens += 1
    if (frame.usage) this.#record.usage = frame.usage
  }

  /** The frame with its second half missing. */
  addBroken(frame: Frame): void {
    const text = render(frame).trimEnd()
    this.#text += `${text.slice(0, Math.ceil((text.indexOf('data: ') + text.length) / 2))}\n\n`
  }

  addComment(comment: string): void {
    this.#text += `: ${comment}\n\n`
  }

  /** Resolves when the reader takes more. */
  async flush(): Promise<void> {
    if (this.#text === '') return
    const text = this.#text
    this.#record.tokensWritten += this.#tokens
    this.#text = ''
    this.#tokens = 0
    if (!this.#split) return this.#write(text)
    for (const piece of tear(Buffer.from(text))) {
      await this.#write(piece)
      // Lets the piece out alone.
      await nextTurn()
    }
  }

  async #write(piece: string | Buffer): Promise<void> {
    if (this.#out.destroyed || this.#out.write(piece)) return
    await new Promise<void>((resolve) => {
      this.#out.once('drain', resolve)
      this.#out.once('close', resolve)
    })
  }
}

function render({ event, data }: Frame): string {
  const json = data === '[DONE]' ? data : JSON.stringify(data)
  return event === undefined ? `data: ${json}\n\n` : `event: ${event}\ndata: ${json}\n\n`
}

/** Sixteen digits until the year 2286. */
function stampOfNow(): string {
  return String(Math.round((performance.timeOrigin + performance.now()) * 1000))
}

/** Pieces that end in the middle of a character wherever there is one of several bytes. */
function* tear(bytes: Buffer): Generator<Buffer, void> {
  let from = 0
  for (let at = 1; at < bytes.length; at += 1) {
    // 10xxxxxx goes on with the character before it.
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) continue
    yield bytes.subarray(from, at)
    from = at
  }
  yield bytes.subarray(from)
}
