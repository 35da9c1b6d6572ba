import type { AssistantPart, ModelMessage, ToolOutcome, ToolResult } from '@kickstartmyai/ai'
import type { MessagePart } from '@kickstartmyai/contract'
import type { MessageRow } from '@kickstartmyai/db'

type Said = Pick<MessageRow, 'role' | 'parts'>

/** A stored conversation as a model is told of it. */
export function toModelMessages(path: readonly Said[]): ModelMessage[] {
  return path.flatMap((row) => (row.role === 'user' ? toUserMessage(row) : toTurn(row.parts)))
}

function toUserMessage(row: Said): ModelMessage {
  const parts = row.parts.flatMap((part) => (part.type === 'text' ? [{ type: 'text' as const, text: part.text }] : []))
  return { role: 'user', parts }
}

/**
 * One answer, which may have gone several times round: assistant message, tool results, assistant message, …
 * A call that was cut off before its result is answered as such, since vendors refuse a call without a result.
 */
function toTurn(parts: readonly MessagePart[]): ModelMessage[] {
  const messages: ModelMessage[] = []
  let said: AssistantPart[] = []
  let results: ToolResult[] = []

  const endRound = () => {
    const open = said.flatMap((part) =>
      part.type === 'tool_call' && !results.some(({ callId }) => callId === part.callId) ? [part] : [],
    )
    const cut = open.map(({ callId, name }): ToolResult => ({ callId, name, outcome: interrupted }))
    if (said.length > 0) messages.push({ role: 'assistant', parts: said })
    if (results.length + cut.length > 0) messages.push({ role: 'tool', results: [...results, ...cut] })
    said = []
    results = []
  }

  for (const part of parts) {
    if (part.type === 'tool_result') {
      results.push({ callId: part.callId, name: part.name, outcome: toOutcome(part) })
      continue
    }
    if (results.length > 0) endRound()
    if (part.type === 'text') said.push({ type: 'text', text: part.text })
    if (part.type === 'tool_call') said.push({ ...part })
  }
  endRound()
  return messages
}

const interrupted: ToolOutcome = { ok: false, error: { code: 'INTERRUPTED', message: 'The call was stopped.' } }

function toOutcome(part: Extract<MessagePart, { type: 'tool_result' }>): ToolOutcome {
  return part.error ? { ok: false, error: part.error } : { ok: true, output: part.output }
}
