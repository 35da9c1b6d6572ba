import { calculator } from './calculator/calculator.ts'
import { time } from './time/time.ts'
import type { ToolDefinition } from './tool.ts'

/** The tools that every server has. */
export const builtinTools: readonly ToolDefinition[] = [calculator, time]
