import { z } from 'zod'
import { AgentId, ExecutionId } from './ids.ts'
import { limits } from './limits.ts'
import { MessageContent } from './message.ts'
import { ProviderName } from './model.ts'
import { TextPart } from './part.ts'

/** The one thing that a fork does otherwise than its origin. */
export const ForkChange = z.union([
  /** Another message of the person, which stands beside the first one. */
  z.strictObject({ prompt: MessageContent }),
  /** Another output of a call that the step before asked for. */
  z.strictObject({ toolResult: z.strictObject({ callId: z.string(), output: z.unknown() }) }),
  /** Another model; `model` left out is the provider's default. */
  z.strictObject({ provider: ProviderName, model: z.string().trim().min(1).max(200).optional() }),
  /** Another agent, or the same one as it is now. */
  z.strictObject({ agentId: AgentId }),
])
export type ForkChange = z.infer<typeof ForkChange>

/** The same as it is kept and shown; `model` null is the provider's default. */
export const OriginChange = z.union([
  z.object({ prompt: z.array(TextPart) }),
  z.object({ toolResult: z.object({ callId: z.string(), output: z.unknown().optional() }) }),
  z.object({ provider: ProviderName, model: z.string().nullable() }),
  z.object({ agentId: AgentId }),
])
export type OriginChange = z.infer<typeof OriginChange>

/** Where an execution comes from that did not begin at its first step. */
export const ExecutionOrigin = z.object({
  kind: z.enum(['retry', 'fork']),
  /** Null when the origin was deleted. */
  executionId: ExecutionId.nullable(),
  /** How many model steps are shared; the step of this number is the first one that was asked anew. */
  step: z.number().int(),
  /** What a fork does otherwise; null for a retry. */
  change: OriginChange.nullable(),
})
export type ExecutionOrigin = z.infer<typeof ExecutionOrigin>

const clientKey = z.string().min(1).max(limits.clientKeyLength).optional()

/** The same key in the same conversation is one execution, however often it is asked for. */
export const RetryExecutionInput = z.strictObject({ executionId: ExecutionId, clientKey })
export type RetryExecutionInput = z.infer<typeof RetryExecutionInput>

/** `atStep`: the first model step to be asked anew, counted from 0. Everything that was done before it is shared. */
export const ForkExecutionInput = z.strictObject({
  executionId: ExecutionId,
  atStep: z.number().int().min(0).max(limits.maxIterations),
  change: ForkChange,
  clientKey,
})
export type ForkExecutionInput = z.infer<typeof ForkExecutionInput>
