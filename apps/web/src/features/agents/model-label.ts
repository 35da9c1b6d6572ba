import type { Agent, Model, ProviderName } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'

type Choice = Pick<Agent, 'provider' | 'model'>

/** The model that would answer for an agent now, where the server lists it. */
function resolveModel(choice: Choice, models: readonly Model[]): Model | undefined {
  if (choice.provider === null) return models.find((model) => model.isDefault)
  const offered = models.filter((model) => model.provider === choice.provider)
  return offered.find((model) => choice.model === null || model.id === choice.model)
}

/** The vendor that would answer for an agent now. */
export const resolveProvider = (choice: Choice, models: readonly Model[]): ProviderName | undefined =>
  choice.provider ?? resolveModel(choice, models)?.provider

/** How an agent's model is called in lists. */
export function modelLabel(choice: Choice, models: readonly Model[]): string {
  return resolveModel(choice, models)?.label ?? choice.model ?? t('agents.defaultModel')
}
