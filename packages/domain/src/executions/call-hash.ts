import type { ToolCall } from '@kickstartmyai/ai'
import { canonicalHash } from './canonical-hash.ts'

/** What a person allows is a tool with an input: the same hash means the same call, in whatever order its fields stand. */
export function callHash({ name, input }: Pick<ToolCall, 'name' | 'input'>): string {
  return canonicalHash([name, input])
}
