import type Anthropic from '@anthropic-ai/sdk'
import { anthropicFailure, overloaded } from './anthropic-failure.ts'
import type { Asked, Protocol, Turn, TurnUsage } from './protocol.ts'
import { objectsOf, textOf, tokenLimit } from './read-body.ts'

type Event = Anthropic.RawMessageStreamEvent
type Block = Anthropic.TextBlock | Anthropic.ThinkingBlock | Anthropic.ToolUseBlock
type Delta = Anthropic.RawContentBlockDelta

const signature = 'EsECCokBCBAYAipAbW9kZWwtc2VydmVyae/+y=='

/** The Messages API: https://platform.claude.com/docs/en/api/messages-streaming */
export const anthropicMessages: Protocol = {
  path: '/v1/messages',
  read,
  callId: (turnId, index) => `toolu_${turnId}${index}`,
  *events(turn) {
    for (const { data, ...told } of events(turn)) yield { event: data.type, data, ...told }
  },
  whole(turn) {
    const { usage, ...end } = endOf(turn)
    const begun = message(turn, turn.usage)
    return { ...begun, content: blocksOf(turn).map(({ block }) => block), ...end, usage: { ...begun.usage, ...usage } }
  },
  failure: anthropicFailure,
  errorEvents: () => [{ event: 'error', data: { type: 'error', error: overloaded, request_id: 'req_model_server' } }],
  unknownEvent: { event: 'mood', data: { type: 'mood', mood: { name: 'curious', levels: [1, null, {}] } } },
}

type Unnamed = { data: Event | { type: 'ping' }; token?: true; usage?: TurnUsage }

function* events(turn: Turn): Generator<Unnamed, void> {
  const atFirst = { ...turn.usage, outputTokens: Math.min(1, turn.usage.outputTokens), reasoningTokens: 0 }
  yield { data: { type: 'message_start', message: message(turn, atFirst) }, usage: atFirst }
  for (const [index, { start, deltas, tail }] of blocksOf(turn).entries()) {
    yield { data: { type: 'content_block_start', index, content_block: start } }
    if (index === 0) yield { data: { type: 'ping' } }
    for (const delta of deltas) yield { data: { type: 'content_block_delta', index, delta }, token: true }
    for (const delta of tail) yield { data: { type: 'content_block_delta', index, delta } }
    yield { data: { type: 'content_block_stop', index } }
  }
  const { usage, ...end } = endOf(turn)
  yield { data: { type: 'message_delta', delta: { ...end, container: null }, usage }, usage: turn.usage }
  yield { data: { type: 'message_stop' } }
}

interface Spoken {
  /** The whole block. */
  block: Block
  /** The block as it is announced. */
  start: Block
  /** The tokens, and what follows them. */
  deltas: Delta[]
  tail: Delta[]
}

function blocksOf({ reasoning, text, refusal, calls }: Turn): Spoken[] {
  const blocks: Spoken[] = []
  if (reasoning.length > 0) {
    const block: Anthropic.ThinkingBlock = { type: 'thinking', thinking: reasoning.join(''), signature }
    blocks.push({
      block,
      start: { ...block, thinking: '', signature: '' },
      deltas: reasoning.map((thinking): Delta => ({ type: 'thinking_delta', thinking })),
      tail: [{ type: 'signature_delta', signature }],
    })
  }
  // A refusal has no words of its own: `stop_reason` tells of it.
  if (text.length > 0 && !refusal) {
    const block: Anthropic.TextBlock = { type: 'text', text: text.join(''), citations: null }
    const deltas = text.map((token): Delta => ({ type: 'text_delta', text: token }))
    blocks.push({ block, start: { ...block, text: '' }, deltas, tail: [] })
  }
  for (const { id, name, pieces } of calls) {
    const block: Anthropic.ToolUseBlock = {
      type: 'tool_use',
      id,
      name,
      input: parsed(pieces.join('')),
      caller: { type: 'direct' },
    }
    const deltas = pieces.map((partial_json): Delta => ({ type: 'input_json_delta', partial_json }))
    blocks.push({ block, start: { ...block, input: {} }, deltas, tail: [] })
  }
  return blocks
}

function message({ id, model }: Turn, usage: TurnUsage): Anthropic.Message {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    container: null,
    diagnostics: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: {
      input_tokens: usage.inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: usage.outputTokens,
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: null,
      inference_geo: 'global',
    },
  }
}

function endOf({ truncated, refusal, calls, usage }: Turn) {
  const { inputTokens, outputTokens, reasoningTokens } = usage
  const stopReason = (): Anthropic.StopReason => {
    if (refusal) return 'refusal'
    if (truncated) return 'max_tokens'
    return calls.length > 0 ? 'tool_use' : 'end_turn'
  }
  return {
    stop_reason: stopReason(),
    stop_sequence: null,
    stop_details: refusal ? ({ type: 'refusal', category: 'general_harms', explanation: null } as const) : null,
    usage: {
      input_tokens: inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: outputTokens,
      output_tokens_details: { thinking_tokens: reasoningTokens },
      server_tool_use: null,
    },
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return {}
  }
}

/** Tool results are blocks of the user's turns; a text that follows them is a newer message. */
function read(body: Record<string, unknown>): Asked {
  let said = ''
  let toolResults: string[] = []
  for (const { role, content } of objectsOf(body['messages'])) {
    if (role !== 'user') continue
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(content)
    for (const [index, block] of blocks.entries()) {
      if (block['type'] === 'tool_result') toolResults.push(textOf(block['content']))
      if (block['type'] !== 'text') continue
      said = (blocks[index - 1]?.['type'] === 'text' ? said : '') + textOf([block])
      toolResults = []
    }
  }
  return {
    model: String(body['model']),
    stream: body['stream'] === true,
    said,
    toolResults,
    maxTokens: tokenLimit(body['max_tokens']),
    tellsUsage: true,
  }
}
