import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Answer } from './answer.ts'
import type { RecordedRequest } from './model-server.ts'
import type { Protocol, Turn } from './protocols/protocol.ts'
import type { TimerWheel } from './timer-wheel.ts'
import { FrameWriter } from './write-frames.ts'

/** All that answering one question takes. */
export interface Performance {
  out: ServerResponse
  record: RecordedRequest
  protocol: Protocol
  answer: Answer
  turn: Turn
  wheel: TimerWheel
  /** Breaks the connection once all that was written is out. */
  cut(): Promise<void>
}

/** Streams an answer at its pace, up to what goes wrong with it. */
export async function playStream({ out, record, protocol, answer, turn, wheel, cut }: Performance): Promise<void> {
  const { paceMs, fault, split, unknownEvents } = answer
  const writer = new FrameWriter(out, record, split)
  const breaksAt = fault && 'after' in fault && fault.after !== null ? fault.after : Infinity
  const total = turn.usage.outputTokens
  let tokens = 0
  let due = wheel.now()
  let broken = false
  out.flushHeaders()

  for (const frame of protocol.events(turn)) {
    if (frame.token && paceMs > 0) {
      await writer.flush()
      due = Math.max(due + paceMs, wheel.now())
      await wheel.until(due)
    }
    if (out.destroyed) return
    // At the latest when every token was said, before the stream is told to be complete.
    if (!broken && tokens >= Math.min(breaksAt, total) && fault && (frame.token || tokens === total)) {
      broken = true
      if (fault.type === 'malformed') {
        writer.addBroken(frame)
        if (frame.token) tokens += 1
        continue
      }
      if (fault.type === 'error-event') for (const told of protocol.errorEvents(turn)) writer.add(told)
      await writer.flush()
      if (fault.type === 'error-event') out.end()
      if (fault.type === 'cut') await cut()
      return
    }
    if (unknownEvents && frame.token) {
      writer.addComment('still here')
      writer.add(protocol.unknownEvent)
    }
    writer.add(frame)
    if (frame.token) tokens += 1
    if (writer.isFull || (paceMs > 0 && frame.token)) await writer.flush()
    // Nobody shall wait for a long answer to end.
    if (paceMs === 0 && tokens % 100 === 99) await nextTurn()
  }
  await writer.flush()
  out.end()
}

/** Answers with one JSON document, after the time that its tokens take. */
export async function playWhole({ out, record, protocol, answer, turn, wheel, cut }: Performance): Promise<void> {
  const { paceMs, fault } = answer
  const json = JSON.stringify(protocol.whole(turn))
  if (paceMs > 0) await wheel.until(wheel.now() + paceMs * turn.usage.outputTokens)
  if (out.destroyed || fault?.type === 'stall') return
  if (fault?.type === 'cut') {
    out.write(json.slice(0, json.length / 2))
    await cut()
  } else if (fault?.type === 'malformed') {
    out.end(json.slice(0, json.length / 2))
  } else {
    record.tokensWritten = turn.usage.outputTokens
    record.usage = turn.usage
    out.end(json)
  }
}
