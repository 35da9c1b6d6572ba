import type { ModelInfo } from '../../model/provider.ts'

/** From the ids that @anthropic-ai/sdk 1.12.0 (2026-11-20) types and does not mark as deprecated. */
export const ANTHROPIC_MODELS: readonly ModelInfo[] = [
  { id: 'claude-sonnet-5-5', label: 'Claude Sonnet 5.5' },
  { id: 'claude-opus-5-5', label: 'Claude Opus 5.5' },
  { id: 'claude-haiku-5-5', label: 'Claude Haiku 5.5' },
  { id: 'claude-fable-5-2', label: 'Claude Fable 5.2' },
  { id: 'claude-haiku-4-5', label: 'Claude Haiku 4.5' },
]

/** Whether a model thinks unless told not to (Claude 5 and later). */
export function thinksByItself(id: string): boolean {
  return /^claude-[a-z]+-([5-9]|\d\d)\b/.test(id)
}
