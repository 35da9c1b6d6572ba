import type OpenAI from 'openai'
import type { FinishReason, ModelChunk } from '../../model/chunk.ts'
import { parseToolInput } from '../parse-tool-input.ts'
import type { ReadChunk } from '../hearing.ts'
import { toStreamError } from './to-model-error.ts'

export type OpenAIEvent = OpenAI.Responses.ResponseStreamEvent
type Response = OpenAI.Responses.Response

const NOTHING: readonly ReadChunk[] = []

/**
 * Reads the events of one streamed response (Responses API) in their order and gives what each means. Events that it does
 * not know mean nothing.
 */
export function createChunkReader(): (event: OpenAIEvent) => readonly ReadChunk[] {
  /** The calls whose input is still coming, by their place in the output. */
  const calls = new Map<number, { callId: string; name: string; json: string }>()
  let called = false
  let refused = false
  let reasoned = false

  function endCall(index: number): readonly ReadChunk[] {
    const call = calls.get(index)
    if (!call) return NOTHING
    calls.delete(index)
    called = true
    return [{ type: 'tool_call', ...parseToolInput(call.callId, call.name, call.json) }]
  }

  function end(response: Response): readonly ReadChunk[] {
    const open = [...calls.keys()].flatMap((index) => endCall(index))
    const reason = toFinishReason(response, { called, refused })
    return [...open, ...toUsage(response.usage), { type: 'finish', reason }]
  }

  return (event) => {
    switch (event.type) {
      case 'response.output_text.delta':
        return event.delta === '' ? NOTHING : [{ type: 'text', text: event.delta }]
      case 'response.refusal.delta':
        refused = true
        return event.delta === '' ? NOTHING : [{ type: 'text', text: event.delta }]
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        reasoned = true
        return event.delta === '' ? NOTHING : [{ type: 'reasoning', text: event.delta }]
      case 'response.reasoning_summary_part.added':
        return reasoned ? [{ type: 'reasoning', text: '\n\n' }] : NOTHING
      case 'response.output_item.added':
        if (event.item.type === 'function_call') {
          const { call_id: callId, name, arguments: json } = event.item
          calls.set(event.output_index, { callId, name, json: json ?? '' })
        }
        return NOTHING
      case 'response.function_call_arguments.delta': {
        const call = calls.get(event.output_index)
        if (call) call.json += event.delta
        return NOTHING
      }
      case 'response.output_item.done':
        if (event.item.type === 'function_call') {
          const { call_id: callId, name, arguments: json } = event.item
          calls.set(event.output_index, { callId, name, json: json || (calls.get(event.output_index)?.json ?? '') })
          return endCall(event.output_index)
        }
        return NOTHING
      case 'response.completed':
      case 'response.incomplete':
        return end(event.response)
      case 'response.failed':
        return [...toUsage(event.response.usage), { type: 'failure', error: toStreamError(event.response.error) }]
      case 'error':
        // Typed flat, but told in `error` by the vendor itself.
        return [{ type: 'failure', error: toStreamError((event as { error?: typeof event }).error ?? event) }]
      default:
        return NOTHING
    }
  }
}

function toFinishReason(response: Response, told: { called: boolean; refused: boolean }): FinishReason {
  if (response.status === 'incomplete') {
    return response.incomplete_details?.reason === 'content_filter' ? 'refusal' : 'length'
  }
  if (told.called) return 'tool_calls'
  return told.refused ? 'refusal' : 'stop'
}

/** Compatible servers leave out the usage, or its details. */
function toUsage(usage: Response['usage']): ModelChunk[] {
  if (!usage) return []
  return [
    {
      type: 'usage',
      usage: {
        inputTokens: usage.input_tokens,
        outputTokens: usage.output_tokens,
        cachedInputTokens: usage.input_tokens_details?.cached_tokens ?? 0,
        reasoningTokens: usage.output_tokens_details?.reasoning_tokens ?? 0,
      },
    },
  ]
}
