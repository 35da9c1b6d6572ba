import type { ModelMessage, ToolCall, ToolMessage, ToolResult } from '../model/message.ts'

/** The tool calls of the last assistant message, and which of them have their results. */
export interface OpenRound {
  unanswered: ToolCall[]
  /** Where the results of the round stand in the conversation, or belong. */
  at: number
  /** The round's one message for the model, results in the order of the calls, from those that were there and new ones. */
  close(results: readonly ToolResult[]): ToolMessage
}

/**
 * Where a conversation stands: a round of tool calls that is to be finished, `done` when the last word is an answer, or
 * `ask` when it is the model's turn. A stored conversation may end anywhere, also between two results of a round.
 */
export function whereItStands(messages: readonly ModelMessage[]): OpenRound | 'ask' | 'done' {
  const at = messages.findLastIndex((message) => message.role !== 'tool')
  const said = messages[at]
  if (said?.role !== 'assistant') return 'ask'
  const calls = said.parts.filter((part) => part.type === 'tool_call')
  if (calls.length === 0) return 'done'
  const known = messages.slice(at + 1).flatMap((message) => (message.role === 'tool' ? message.results : []))
  const find = (results: readonly ToolResult[], callId: string) => results.find((result) => result.callId === callId)
  const unanswered = calls.filter(({ callId }) => !find(known, callId))
  if (unanswered.length === 0) return 'ask'
  return {
    unanswered,
    at: at + 1,
    close(results) {
      const all = [...known, ...results]
      return { role: 'tool', results: calls.flatMap(({ callId }) => find(all, callId) ?? []) }
    },
  }
}
