import type { z } from 'zod'
import type { ToolDefinition } from './tool.ts'

/** Defines a tool; `run` gets its input parsed and typed by the schema. */
export function defineTool<Input extends z.ZodType, Output>(
  tool: ToolDefinition<Input, Output>,
): ToolDefinition<Input, Output> {
  return tool
}
