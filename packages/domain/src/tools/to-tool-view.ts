import { type ToolDefinition, toToolSpec } from '@kickstartmyai/ai'
import type { Tool } from '@kickstartmyai/contract'

export function toToolView(tool: ToolDefinition): Tool {
  const { name, description, inputSchema } = toToolSpec(tool)
  return { name, title: tool.title, description, effect: tool.effect, inputSchema }
}
