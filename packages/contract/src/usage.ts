import { z } from 'zod'

/** Tokens as the vendor counted them. Cached tokens are part of the input, reasoning tokens part of the output. */
export const Usage = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cachedInputTokens: z.number().int(),
  reasoningTokens: z.number().int(),
})
export type Usage = z.infer<typeof Usage>
