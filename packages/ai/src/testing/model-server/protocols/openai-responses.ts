import type OpenAI from 'openai'
import { openAIFailure, serverError } from './openai-failure.ts'
import type { Asked, Protocol, Turn, TurnUsage } from './protocol.ts'
import { objectsOf, textOf, tokenLimit } from './read-body.ts'

type Event = OpenAI.Responses.ResponseStreamEvent
type Item = OpenAI.Responses.ResponseReasoningItem | OpenAI.Responses.ResponseOutputMessage | FunctionCall
type FunctionCall = OpenAI.Responses.ResponseFunctionToolCallItem
type Response = Omit<OpenAI.Responses.Response, 'output_text' | 'access_programs' | 'usage'> & {
  usage: OpenAI.Responses.ResponseUsage | null
}

/** The Responses API: https://platform.openai.com/docs/api-reference/responses-streaming */
export const openAIResponses: Protocol = {
  path: '/v1/responses',
  read,
  callId: (turnId, index) => `call_${turnId}${index}`,
  *events(turn) {
    let sequence = 0
    for (const { frame, ...told } of events(turn)) {
      yield { event: frame.type, data: { ...frame, sequence_number: sequence++ }, ...told }
    }
  },
  whole: (turn) => response(turn, turn.truncated ? 'incomplete' : 'completed', itemsOf(turn)),
  failure: openAIFailure,
  errorEvents: (turn) => [
    { event: 'error', data: { type: 'error', error: { ...serverError, param: null }, sequence_number: 1000 } },
    {
      event: 'response.failed',
      data: {
        type: 'response.failed',
        response: { ...response(turn, 'failed', []), error: { code: 'server_error', message: serverError.message } },
        sequence_number: 1001,
      },
    },
  ],
  unknownEvent: {
    event: 'response.mood.updated',
    data: { type: 'response.mood.updated', mood: { name: 'curious', levels: [1, null, {}] }, sequence_number: 0 },
  },
}

/** The events in their order; the number that each one carries is added when it is sent. */
type Unnumbered = { frame: DistributiveOmit<Event, 'sequence_number'>; token?: true; usage?: TurnUsage }
type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never

function* events(turn: Turn): Generator<Unnumbered, void> {
  const begun = asTyped(response(turn, 'in_progress', []))
  yield { frame: { type: 'response.created', response: begun } }
  yield { frame: { type: 'response.in_progress', response: begun } }
  const items = itemsOf(turn)
  for (const [output_index, item] of items.entries()) {
    if (item.type === 'reasoning') yield* reasoningEvents(item, output_index, turn.reasoning)
    else if (item.type === 'message') yield* messageEvents(item, output_index, turn)
    else yield* callEvents(item, output_index, turn.calls.find(({ id }) => id === item.call_id)?.pieces ?? [])
  }
  const type = turn.truncated ? 'response.incomplete' : 'response.completed'
  const ended = asTyped(response(turn, turn.truncated ? 'incomplete' : 'completed', items))
  yield { frame: { type, response: ended }, usage: turn.usage }
}

function* reasoningEvents(
  item: OpenAI.Responses.ResponseReasoningItem,
  output_index: number,
  tokens: readonly string[],
): Generator<Unnumbered, void> {
  const at = { item_id: item.id, output_index, summary_index: 0 }
  const text = tokens.join('')
  const part = { type: 'summary_text', text } as const
  yield { frame: { type: 'response.output_item.added', output_index, item: { ...item, summary: [] } } }
  yield { frame: { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } } }
  for (const delta of tokens) {
    yield { frame: { type: 'response.reasoning_summary_text.delta', ...at, delta }, token: true }
  }
  yield { frame: { type: 'response.reasoning_summary_text.done', ...at, text } }
  yield { frame: { type: 'response.reasoning_summary_part.done', ...at, part } }
  yield { frame: { type: 'response.output_item.done', output_index, item } }
}

function* messageEvents(
  item: OpenAI.Responses.ResponseOutputMessage,
  output_index: number,
  { text: tokens, refusal }: Turn,
): Generator<Unnumbered, void> {
  const at = { item_id: item.id, output_index, content_index: 0 }
  const text = tokens.join('')
  const part = partOf(text, refusal)
  yield {
    frame: { type: 'response.output_item.added', output_index, item: { ...item, status: 'in_progress', content: [] } },
  }
  yield { frame: { type: 'response.content_part.added', ...at, part: partOf('', refusal) } }
  for (const delta of tokens) {
    yield refusal
      ? { frame: { type: 'response.refusal.delta', ...at, delta }, token: true }
      : { frame: { type: 'response.output_text.delta', ...at, delta, logprobs: [] }, token: true }
  }
  if (refusal) yield { frame: { type: 'response.refusal.done', ...at, refusal: text } }
  else yield { frame: { type: 'response.output_text.done', ...at, text, logprobs: [] } }
  yield { frame: { type: 'response.content_part.done', ...at, part } }
  yield { frame: { type: 'response.output_item.done', output_index, item } }
}

function* callEvents(item: FunctionCall, output_index: number, pieces: readonly string[]): Generator<Unnumbered, void> {
  const at = { item_id: item.id, output_index }
  yield {
    frame: {
      type: 'response.output_item.added',
      output_index,
      item: { ...item, arguments: '', status: 'in_progress' },
    },
  }
  for (const delta of pieces) {
    yield { frame: { type: 'response.function_call_arguments.delta', ...at, delta }, token: true }
  }
  yield { frame: { type: 'response.function_call_arguments.done', ...at, arguments: item.arguments } }
  yield { frame: { type: 'response.output_item.done', output_index, item } }
}

function partOf(text: string, refusal: boolean) {
  return refusal
    ? ({ type: 'refusal', refusal: text } as const)
    : { type: 'output_text' as const, annotations: [], logprobs: [], text }
}

function itemsOf({ id, reasoning, text, refusal, calls, truncated }: Turn): Item[] {
  const status = truncated ? 'incomplete' : 'completed'
  const items: Item[] = []
  if (reasoning.length > 0) {
    items.push({ id: `rs_${id}`, type: 'reasoning', summary: [{ type: 'summary_text', text: reasoning.join('') }] })
  }
  if (text.length > 0) {
    const content = [partOf(text.join(''), refusal)]
    items.push({ id: `msg_${id}`, type: 'message', status, role: 'assistant', content })
  }
  for (const [index, { id: call_id, name, pieces }] of calls.entries()) {
    const json = pieces.join('')
    items.push({ id: `fc_${id}${index}`, type: 'function_call', status, arguments: json, call_id, name })
  }
  return items
}

function response(turn: Turn, status: 'in_progress' | 'completed' | 'incomplete' | 'failed', output: Item[]): Response {
  const { id, model, createdAt, usage } = turn
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdAt,
    status,
    background: false,
    completed_at: status === 'completed' ? createdAt : null,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: null,
    max_output_tokens: null,
    max_tool_calls: null,
    model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    prompt_cache_key: null,
    reasoning: { effort: null, summary: null },
    safety_identifier: null,
    service_tier: 'default',
    temperature: 1,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    usage: status === 'in_progress' || status === 'failed' ? null : toUsage(usage),
    metadata: {},
  }
}

function toUsage({ inputTokens, outputTokens, reasoningTokens }: TurnUsage): OpenAI.Responses.ResponseUsage {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: inputTokens + outputTokens,
  }
}

/** The SDK types fields that it adds itself, and leaves out that usage is null at first. */
function asTyped(value: Response): OpenAI.Responses.Response {
  return value as OpenAI.Responses.Response
}

/** `input` is a text, or items: messages, calls and their outputs. */
function read(body: Record<string, unknown>): Asked {
  const { input } = body
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : objectsOf(input)
  let said = ''
  let toolResults: string[] = []
  for (const item of items) {
    if (item['role'] === 'user') {
      said = textOf(item['content'])
      toolResults = []
    } else if (item['type'] === 'function_call_output') toolResults.push(textOf(item['output']))
  }
  return {
    model: String(body['model']),
    stream: body['stream'] === true,
    said,
    toolResults,
    maxTokens: tokenLimit(body['max_output_tokens']),
    tellsUsage: true,
  }
}
