import type { ModelUsage } from '../../model/usage.ts'

/** The parts of the usage of `message_start` and `message_delta` that count; compatible servers leave out some. */
interface ToldUsage {
  input_tokens?: number | null
  output_tokens?: number | null
  cache_creation_input_tokens?: number | null
  cache_read_input_tokens?: number | null
  output_tokens_details?: { thinking_tokens: number } | null
}

/**
 * Usage is told at the start and, cumulatively, at the end, where fields that are left out have not changed. What was read
 * from and written to the prompt cache is not part of the vendor's `input_tokens`.
 */
export function createUsageCounter(): (told: ToldUsage | undefined) => ModelUsage {
  let input = 0
  let written = 0
  let read = 0
  let output = 0
  let thinking = 0
  return (told) => {
    input = told?.input_tokens ?? input
    written = told?.cache_creation_input_tokens ?? written
    read = told?.cache_read_input_tokens ?? read
    output = told?.output_tokens ?? output
    thinking = told?.output_tokens_details?.thinking_tokens ?? thinking
    return {
      inputTokens: input + written + read,
      outputTokens: output,
      cachedInputTokens: read,
      reasoningTokens: thinking,
    }
  }
}
