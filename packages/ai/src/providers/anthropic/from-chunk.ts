import type Anthropic from '@anthropic-ai/sdk'
import type { FinishReason } from '../../model/chunk.ts'
import { parseToolInput } from '../parse-tool-input.ts'
import type { ReadChunk } from '../hearing.ts'
import { toStreamError } from './to-model-error.ts'
import { createUsageCounter } from './usage-counter.ts'

/** `error` comes as an event too. */
export type AnthropicEvent =
  | Anthropic.RawMessageStreamEvent
  | { type: 'error'; error: { type: string; message: string } }

const NOTHING: readonly ReadChunk[] = []

const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
}

/**
 * Reads the events of one streamed message (Messages API) in their order and gives what each means. Events that it does
 * not know mean nothing.
 */
export function createChunkReader(): (event: AnthropicEvent) => readonly ReadChunk[] {
  /** The calls whose input is still coming, by the index of their block. */
  const calls = new Map<number, { callId: string; name: string; json: string }>()
  const count = createUsageCounter()
  let reason: FinishReason = 'stop'
  let spoke = false

  /** Why it refused, where the model itself has not said a word. */
  function toExplanation(details: Anthropic.RefusalStopDetails | null | undefined): ReadChunk[] {
    return details?.explanation && !spoke ? [{ type: 'text', text: details.explanation }] : []
  }

  return (event) => {
    switch (event.type) {
      case 'content_block_delta':
        switch (event.delta.type) {
          case 'text_delta':
            spoke = true
            return event.delta.text === '' ? NOTHING : [{ type: 'text', text: event.delta.text }]
          case 'thinking_delta':
            return event.delta.thinking === '' ? NOTHING : [{ type: 'reasoning', text: event.delta.thinking }]
          case 'input_json_delta': {
            const call = calls.get(event.index)
            if (call) call.json += event.delta.partial_json
            return NOTHING
          }
          default:
            return NOTHING
        }
      case 'content_block_start':
        if (event.content_block.type === 'tool_use') {
          const { id: callId, name, input } = event.content_block
          calls.set(event.index, { callId, name, json: isEmpty(input) ? '' : JSON.stringify(input) })
        }
        return NOTHING
      case 'content_block_stop': {
        const call = calls.get(event.index)
        calls.delete(event.index)
        return call ? [{ type: 'tool_call', ...parseToolInput(call.callId, call.name, call.json) }] : NOTHING
      }
      case 'message_start':
        return [{ type: 'usage', usage: count(event.message.usage) }]
      case 'message_delta':
        reason = REASONS[event.delta.stop_reason ?? ''] ?? reason
        return [...toExplanation(event.delta.stop_details), { type: 'usage', usage: count(event.usage) }]
      case 'message_stop':
        return [{ type: 'finish', reason }]
      case 'error':
        return [{ type: 'failure', error: toStreamError(event.error) }]
      default:
        return NOTHING
    }
  }
}

/** The input of a streamed call begins as `{}`; a compatible server may send it whole instead. */
function isEmpty(input: unknown): boolean {
  return typeof input !== 'object' || input === null || Object.keys(input).length === 0
}
