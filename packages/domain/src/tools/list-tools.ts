import type { Tool } from '@kickstartmyai/contract'
import type { Deps } from '../deps.ts'
import { toToolView } from './to-tool-view.ts'

/** Every tool that can be granted to an agent. */
export function listTools({ tools }: Pick<Deps, 'tools'>): { items: Tool[] } {
  return { items: tools.list().map(toToolView) }
}
