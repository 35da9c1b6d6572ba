import type { StoredEvent } from '@kickstartmyai/domain'

/**
 * Execution events as server-sent events (WHATWG HTML, 9.2): `id` is the sequence number, `event` the type, `data` the
 * event's JSON with its `seq` put in front. A batch becomes one piece of text, so that it is written once.
 */
export function frame(events: readonly StoredEvent[]): string {
  let text = ''
  for (const { seq, type, body } of events) {
    text += `id: ${seq}\nevent: ${type}\ndata: {"seq":${seq},${body.slice(1)}\n\n`
  }
  return text
}
