import { StringDecoder } from 'node:string_decoder'

/** The longest event that is taken, in characters. A whole answer comes again in the last one of some vendors. */
const MAX_EVENT = 32_000_000

const NONE: readonly string[] = []

/**
 * Cuts a body into server-sent events as its bytes arrive, and gives the data of those that are complete (HTML Standard,
 * 9.2.6; lines end in LF or CRLF). Names and ids are left out: vendors say in the data what it is. An event without its
 * blank line at the end of the body is not complete. Throws a RangeError for an event without an end.
 */
export function createEventSplitter(): (bytes: Uint8Array) => readonly string[] {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let data: string[] = []
  let size = 0

  return (bytes) => {
    const arrived = decoder.write(bytes)
    if (rest.length + size > MAX_EVENT) throw new RangeError('The event has no end.')
    // Joined only when a line is complete, so that a long one costs no more than a short one.
    if (!arrived.includes('\n')) {
      rest += arrived
      return NONE
    }
    const text = rest + arrived
    const events: string[] = []
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
      start = end + 1
      if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5))
        size += line.length
      } else if (line === '' && data.length > 0) {
        events.push(data.join('\n'))
        data = []
        size = 0
      }
    }
    rest = text.slice(start)
    return events
  }
}
