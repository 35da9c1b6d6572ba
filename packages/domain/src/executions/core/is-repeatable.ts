import type { ToolDefinition } from '@kickstartmyai/ai'

/**
 * Whether a tool call that was begun before a crash is run again: only one that reads. Any other may have taken effect
 * or not and is given up; so is one of a tool that is no longer there (undefined).
 */
export function isRepeatable(effect: ToolDefinition['effect'] | undefined): boolean {
  return effect === 'read'
}
