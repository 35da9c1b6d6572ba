import { z } from 'zod'
import type { ToolSpec } from '../model/request.ts'
import type { ToolDefinition } from './tool.ts'

const made = new WeakMap<ToolDefinition, ToolSpec>()

/** A tool as a model is told of it, its input as JSON Schema; made once for each tool. Throws when vendors would refuse it. */
export function toToolSpec(tool: ToolDefinition): ToolSpec {
  let spec = made.get(tool)
  if (!spec) {
    const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { io: 'input' })
    // Vendors want an object at the top and take no other characters in a name.
    if (inputSchema.type !== 'object') throw new Error(`The input of the tool “${tool.name}” is not an object.`)
    if (!/^[a-zA-Z][\w-]{0,63}$/.test(tool.name)) throw new Error(`“${tool.name}” cannot be the name of a tool.`)
    spec = { name: tool.name, description: tool.description, inputSchema }
    made.set(tool, spec)
  }
  return spec
}
