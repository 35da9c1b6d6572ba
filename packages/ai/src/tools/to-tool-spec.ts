import { z } from 'zod'
import type { ToolSpec } from '../model/request.ts'
import type { ToolDefinition } from './tool.ts'

const made = new WeakMap<ToolDefinition, ToolSpec>()

/** A tool as a model is told of it, its input as JSON Schema; made once for each tool. */
export function toToolSpec(tool: ToolDefinition): ToolSpec {
  let spec = made.get(tool)
  if (!spec) {
    const inputSchema = z.toJSONSchema(tool.input, { io: 'input' }) as Record<string, unknown>
    spec = { name: tool.name, description: tool.description, inputSchema }
    made.set(tool, spec)
  }
  return spec
}
