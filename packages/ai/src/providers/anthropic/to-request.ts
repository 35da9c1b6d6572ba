import type Anthropic from '@anthropic-ai/sdk'
import type { ModelMessage, ToolResult } from '../../model/message.ts'
import type { ModelRequest } from '../../model/request.ts'
import { thinksByItself } from './models.ts'

type Body = Anthropic.MessageCreateParamsStreaming
type Block = Anthropic.ContentBlockParam

/** The API wants a limit. Every current model can write this much, and thinking counts towards it. */
const DEFAULT_MAX_TOKENS = 32_000

/**
 * The request in the words of the Messages API. A temperature is left out: since version 2026-10-21, which the SDK speaks,
 * the API refuses one for every model.
 */
export function toRequest(model: string, request: ModelRequest): Body {
  const { system, tools, maxOutputTokens } = request
  const body: Body = {
    model,
    stream: true,
    max_tokens: maxOutputTokens ?? DEFAULT_MAX_TOKENS,
    messages: toMessages(request.messages),
  }
  if (system !== '') body.system = system
  if (tools.length > 0) {
    body.tools = tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      input_schema: { ...inputSchema, type: 'object' },
    }))
  }
  // Else these models think in silence, and what they say between tool calls is not told either.
  if (thinksByItself(model)) body.thinking = { type: 'adaptive', display: 'summarized' }
  return body
}

/** Roles take turns: tool results are the user's, and messages of the same role become one. */
function toMessages(messages: readonly ModelMessage[]): Anthropic.MessageParam[] {
  const turns: { role: 'user' | 'assistant'; content: Block[] }[] = []
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const blocks = toBlocks(message)
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...blocks)
    else if (blocks.length > 0) turns.push({ role, content: blocks })
  }
  return turns
}

function toBlocks(message: ModelMessage): Block[] {
  if (message.role === 'tool') return message.results.map(toResultBlock)
  return message.parts.flatMap((part): Block[] => {
    // The API refuses blank text.
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }]
    // Thinking is only taken back with the vendor's signature, and never has to be given back.
    if (part.type === 'reasoning') return []
    return [{ type: 'tool_use', id: toId(part.callId), name: part.name, input: toObject(part.input) }]
  })
}

function toResultBlock({ callId, outcome }: ToolResult): Anthropic.ToolResultBlockParam {
  const block = { type: 'tool_result' as const, tool_use_id: toId(callId) }
  if (!outcome.ok) return { ...block, content: `${outcome.error.code}: ${outcome.error.message}`, is_error: true }
  const { output } = outcome
  return { ...block, content: typeof output === 'string' ? output : JSON.stringify(output ?? null) }
}

/** A conversation may come from another vendor, whose ids have characters that are refused here. */
function toId(callId: string): string {
  return callId.replaceAll(/[^\w-]/g, '_')
}

/** The API takes objects only; a call whose input could not be parsed has none. */
function toObject(input: unknown): object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
}
