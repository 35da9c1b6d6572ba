import { toToolSpec } from './to-tool-spec.ts'
import type { ToolDefinition } from './tool.ts'

/** The tools that a server has, by name. */
export interface ToolRegistry {
  list(): readonly ToolDefinition[]
  get(name: string): ToolDefinition | undefined
}

/** Throws when two tools share a name, or when one is defined in a way that vendors refuse. */
export function createToolRegistry(tools: readonly ToolDefinition[]): ToolRegistry {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  if (byName.size < tools.length) throw new Error('Two tools have the same name.')
  for (const tool of tools) toToolSpec(tool)
  return { list: () => [...byName.values()], get: (name) => byName.get(name) }
}
