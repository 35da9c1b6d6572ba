import type { ModelMessage, ToolCall } from '../model/message.ts'

/** The tool calls of the last assistant message that have no result yet; null when the model is to be asked. */
export function unansweredCalls(messages: readonly ModelMessage[]): ToolCall[] | null {
  const last = messages.findLastIndex((message) => message.role !== 'tool')
  const said = messages[last]
  if (said?.role !== 'assistant') return null
  const answered = new Set(
    messages.slice(last + 1).flatMap((message) => (message.role === 'tool' ? message.results : [])).map(({ callId }) => callId),
  )
  return said.parts.flatMap((part) => (part.type === 'tool_call' && !answered.has(part.callId) ? [part] : []))
}
