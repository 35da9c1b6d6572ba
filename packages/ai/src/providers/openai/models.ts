import type { ModelInfo } from '../../model/provider.ts'

/** From the ids that openai 7.57.0 (2026-11-13) types as chat models and does not mark as deprecated. */
export const OPENAI_MODELS: readonly ModelInfo[] = [
  { id: 'gpt-6.1-terra', label: 'GPT-6.1 Terra' },
  { id: 'gpt-6.1-sol', label: 'GPT-6.1 Sol' },
  { id: 'gpt-6-luna', label: 'GPT-6 Luna' },
  { id: 'gpt-6-astra', label: 'GPT-6 Astra' },
  { id: 'gpt-5.6-terra', label: 'GPT-5.6 Terra' },
  { id: 'gpt-5.4-mini', label: 'GPT-5.4 mini' },
]

/** Whether a model reasons first: it then refuses a temperature and can tell a summary of its reasoning. */
export function isReasoningModel(id: string): boolean {
  return /^(o\d|gpt-([5-9]|\d\d))/.test(id) && !id.includes('-chat-')
}
