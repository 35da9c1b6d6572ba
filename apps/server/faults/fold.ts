import type { ExecutionEvent, MessagePart } from '@kickstartmyai/contract'

/**
 * The answer that the events of an execution tell: the parts of the winning attempts. Written apart from the client's own
 * fold, which also looks at the stored message.
 */
export function foldEvents(events: readonly ExecutionEvent[]): MessagePart[] {
  let parts: MessagePart[] = []
  const stepBegan = new Map<number, number>()
  for (const event of events) {
    switch (event.type) {
      case 'attempt.started': {
        const began = stepBegan.get(event.step)
        if (event.attempt > 1 && began !== undefined) parts = parts.slice(0, began)
        stepBegan.set(event.step, parts.length)
        break
      }
      case 'text.delta':
        parts.push({ type: 'text', text: event.text })
        break
      case 'reasoning.delta':
        parts.push({ type: 'reasoning', text: event.text })
        break
      case 'tool.called': {
        const { callId, name, input } = event
        const same = parts.findLast((part) => 'callId' in part && part.callId === callId)
        // Told again after a crash.
        if (same?.type !== 'tool_call') parts.push({ type: 'tool_call', callId, name, input })
        break
      }
      case 'tool.completed':
        parts.push({ type: 'tool_result', ...result(event), output: event.output })
        break
      case 'tool.failed':
        parts.push({ type: 'tool_result', ...result(event), error: event.error })
        break
      default:
    }
  }
  return merged(parts)
}

const result = ({ callId, name, durationMs }: { callId: string; name: string; durationMs: number }) => ({
  callId,
  name,
  durationMs,
})

/** Neighbours of one kind are one part. */
export function merged(parts: readonly MessagePart[]): MessagePart[] {
  const all: MessagePart[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if ((part.type === 'text' || part.type === 'reasoning') && last?.type === part.type) {
      all[all.length - 1] = { type: part.type, text: last.text + part.text }
    } else all.push(part)
  }
  return all
}
