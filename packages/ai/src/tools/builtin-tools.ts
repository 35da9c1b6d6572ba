import type { ToolDefinition } from './tool.ts'

/** The tools that every server has. */
export const builtinTools: readonly ToolDefinition[] = []
