/** Tokens as the vendor counted them. Cached tokens are part of the input, reasoning tokens part of the output. */
export interface ModelUsage {
  inputTokens: number
  outputTokens: number
  cachedInputTokens: number
  reasoningTokens: number
}
