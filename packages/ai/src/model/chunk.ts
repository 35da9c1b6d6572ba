import type { ToolCall } from './message.ts'
import type { ModelUsage } from './usage.ts'

/** What a model streams. A stream that ends without `finish` is a failure, which the provider throws as a ModelError. */
export type ModelChunk =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | ({ type: 'tool_call' } & ToolCall)
  | { type: 'usage'; usage: ModelUsage }
  /** A sign of life without words: the model thinks unseen, or writes the input of a tool call. */
  | { type: 'alive' }
  | { type: 'finish'; reason: FinishReason }

export type FinishReason = 'stop' | 'tool_calls' | 'length' | 'refusal'
