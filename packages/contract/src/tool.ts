import { z } from 'zod'

/** What running a tool changes: nothing (`read`), things inside the product (`write`), the world outside (`external`). */
export const ToolEffect = z.enum(['read', 'write', 'external'])
export type ToolEffect = z.infer<typeof ToolEffect>

/** How an agent may use a tool: never, after a person has allowed the very call, or freely. */
export const ToolPolicy = z.enum(['off', 'ask', 'allow'])
export type ToolPolicy = z.infer<typeof ToolPolicy>

export const ToolName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/)

export const Tool = z.object({
  name: ToolName,
  title: z.string(),
  description: z.string(),
  effect: ToolEffect,
  /** JSON Schema (2020-12) of what the tool takes. */
  inputSchema: z.record(z.string(), z.unknown()),
})
export type Tool = z.infer<typeof Tool>

export const ToolGrant = z.object({ name: ToolName, policy: ToolPolicy })
export type ToolGrant = z.infer<typeof ToolGrant>

/** A grant as it may be written: a bare name means `allow`. */
export const ToolGrantInput = z.union([
  ToolName.transform((name): ToolGrant => ({ name, policy: 'allow' })),
  z.strictObject({ name: ToolName, policy: ToolPolicy.default('allow') }),
])
