import type { Tool } from '@kickstartmyai/contract'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toToolView } from './to-tool-view.ts'

export function getTool({ tools }: Pick<Deps, 'tools'>, name: string): Tool {
  const tool = tools.get(name)
  if (!tool) throw notFound('tool')
  return toToolView(tool)
}
