import type OpenAI from 'openai'
import { openAIFailure, serverError } from './openai-failure.ts'
import type { Asked, Frame, Protocol, Turn } from './protocol.ts'
import { isObject, objectsOf, textOf, tokenLimit } from './read-body.ts'

type Chunk = OpenAI.Chat.ChatCompletionChunk
/** Compatible servers (vLLM, DeepSeek, …) stream thoughts in a field that OpenAI does not have. */
type Delta = OpenAI.Chat.ChatCompletionChunk.Choice.Delta & { reasoning_content?: string }
type FinishReason = OpenAI.Chat.ChatCompletion.Choice['finish_reason']

/** Chat Completions: https://platform.openai.com/docs/api-reference/chat-streaming */
export const openAIChat: Protocol = {
  path: '/v1/chat/completions',
  read,
  callId: (turnId, index) => `call_${turnId}${index}`,
  events,
  whole,
  failure: openAIFailure,
  errorEvents: () => [{ data: { error: { ...serverError, param: null } } }],
  unknownEvent: { data: { object: 'chat.completion.mood', mood: { name: 'curious' }, choices: [] } },
}

function* events(turn: Turn): Generator<Frame, void> {
  const chunk = (choices: Chunk['choices'], usage?: OpenAI.CompletionUsage): Chunk => ({
    id: `chatcmpl-${turn.id}`,
    object: 'chat.completion.chunk',
    created: turn.createdAt,
    model: turn.model,
    service_tier: 'default',
    system_fingerprint: 'fp_model_server',
    choices,
    ...(turn.tellsUsage ? { usage: usage ?? null } : {}),
  })
  const choice = (delta: Delta, finish_reason: FinishReason | null = null): Chunk =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason }])

  const speaks = turn.text.length > 0 && !turn.refusal
  yield { data: choice({ role: 'assistant', content: speaks ? '' : null, refusal: null }) }
  for (const reasoning_content of turn.reasoning) yield { data: choice({ reasoning_content }), token: true }
  for (const content of turn.text)
    yield { data: choice(turn.refusal ? { refusal: content } : { content }), token: true }
  for (const [index, { id, name, pieces }] of turn.calls.entries()) {
    const first = { index, id, type: 'function' as const, function: { name, arguments: '' } }
    yield { data: choice({ tool_calls: [first] }) }
    for (const piece of pieces) {
      yield { data: choice({ tool_calls: [{ index, function: { arguments: piece } }] }), token: true }
    }
  }
  yield { data: choice({}, finishReason(turn)) }
  if (turn.tellsUsage) yield { data: chunk([], toUsage(turn)), usage: turn.usage }
  yield { data: '[DONE]' }
}

function whole(turn: Turn): object {
  const text = turn.text.join('')
  const said = text === '' ? null : text
  const tool_calls = turn.calls.map(({ id, name, pieces }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: pieces.join('') },
  }))
  const completion: OpenAI.Chat.ChatCompletion = {
    id: `chatcmpl-${turn.id}`,
    object: 'chat.completion',
    created: turn.createdAt,
    model: turn.model,
    service_tier: 'default',
    system_fingerprint: 'fp_model_server',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: turn.refusal ? null : said,
          refusal: turn.refusal ? said : null,
          ...(tool_calls.length > 0 ? { tool_calls } : {}),
          ...(turn.reasoning.length > 0 ? { reasoning_content: turn.reasoning.join('') } : {}),
        },
        logprobs: null,
        finish_reason: finishReason(turn),
      },
    ],
    usage: toUsage(turn),
  }
  return completion
}

function finishReason({ truncated, calls }: Turn): FinishReason {
  if (truncated) return 'length'
  return calls.length > 0 ? 'tool_calls' : 'stop'
}

function toUsage({ usage: { inputTokens, outputTokens, reasoningTokens } }: Turn): OpenAI.CompletionUsage {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  }
}

function read(body: Record<string, unknown>): Asked {
  let said = ''
  let toolResults: string[] = []
  for (const message of objectsOf(body['messages'])) {
    if (message['role'] === 'user') {
      said = textOf(message['content'])
      toolResults = []
    } else if (message['role'] === 'tool') toolResults.push(textOf(message['content']))
  }
  const options = body['stream_options']
  return {
    model: String(body['model']),
    stream: body['stream'] === true,
    said,
    toolResults,
    maxTokens: tokenLimit(body['max_completion_tokens'] ?? body['max_tokens']),
    tellsUsage: isObject(options) && options['include_usage'] === true,
  }
}
