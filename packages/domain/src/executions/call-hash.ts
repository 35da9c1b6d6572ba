import { createHash } from 'node:crypto'
import type { ToolCall } from '@kickstartmyai/ai'

/** What a person allows is a tool with an input: the same hash means the same call, in whatever order its fields stand. */
export function callHash({ name, input }: Pick<ToolCall, 'name' | 'input'>): string {
  return createHash('sha256')
    .update(JSON.stringify([name, input], inOrder))
    .digest('hex')
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
