import type { z } from 'zod'

/** What a tool is told of the call besides its input. */
export interface ToolContext {
  signal: AbortSignal
  /** Milliseconds since the epoch; a tool that needs the time asks here. */
  now: () => number
}

export interface ToolDefinition<Input extends z.ZodType = z.ZodType, Output = unknown> {
  name: string
  /** The name in plain words, for people. */
  title: string
  /** What it does and when to use it, for the model. */
  description: string
  effect: 'read' | 'write' | 'external'
  input: Input
  timeoutMs: number
  run(input: z.output<Input>, context: ToolContext): Promise<Output> | Output
}
