import { z } from 'zod'

/** The vendor that answers: `demo` needs no key and is not a language model. */
export const ProviderName = z.enum(['openai', 'anthropic', 'demo'])
export type ProviderName = z.infer<typeof ProviderName>

export const Model = z.object({
  provider: ProviderName,
  id: z.string(),
  label: z.string(),
  /** Whether an agent that names no model is answered by this one. */
  isDefault: z.boolean(),
})
export type Model = z.infer<typeof Model>
