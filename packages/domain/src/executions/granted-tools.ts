import type { ToolDefinition } from '@kickstartmyai/ai'
import type { ExecutionRow } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

/** The tools that an execution's model is told of. */
export function grantedTools(
  { tools }: Pick<Deps, 'tools'>,
  { settings }: Pick<ExecutionRow, 'settings'>,
): ToolDefinition[] {
  return settings.tools.flatMap(({ name, policy }) => {
    const tool = policy === 'off' ? undefined : tools.get(name)
    return tool ? [tool] : []
  })
}
