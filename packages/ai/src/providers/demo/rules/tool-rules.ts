import { calculatorRule } from './calculator.ts'
import { timeRule } from './time.ts'
import type { ToolRule } from './tool-rule.ts'

/** The tools that the demo model reaches by plain words; a new tool adds its line. */
export const toolRules: readonly ToolRule[] = [calculatorRule, timeRule]
