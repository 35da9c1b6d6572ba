import { z } from 'zod'

export const TextPart = z.object({ type: z.literal('text'), text: z.string() })
export type TextPart = z.infer<typeof TextPart>

export const ReasoningPart = z.object({ type: z.literal('reasoning'), text: z.string() })
export type ReasoningPart = z.infer<typeof ReasoningPart>

export const ToolCallPart = z.object({
  type: z.literal('tool_call'),
  callId: z.string(),
  name: z.string(),
  input: z.unknown(),
})
export type ToolCallPart = z.infer<typeof ToolCallPart>

/** The answer to the call with the same `callId`; `error` stands instead of `output` when the tool failed. */
export const ToolResultPart = z.object({
  type: z.literal('tool_result'),
  callId: z.string(),
  name: z.string(),
  output: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  durationMs: z.number(),
})
export type ToolResultPart = z.infer<typeof ToolResultPart>

/** What a message is made of, in the order in which it was said. */
export const MessagePart = z.discriminatedUnion('type', [TextPart, ReasoningPart, ToolCallPart, ToolResultPart])
export type MessagePart = z.infer<typeof MessagePart>

/** The version of the stored form of parts; a change of form adds an upcaster and raises it. */
export const partsVersion = 1
