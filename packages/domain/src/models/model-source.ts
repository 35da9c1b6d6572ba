import type { LanguageModel, Provider } from '@kickstartmyai/ai'
import type { ProviderName } from '@kickstartmyai/contract'
import { DomainError } from '../domain-error.ts'

/** The configured providers, and the way from an agent's choice to a model that answers. */
export interface ModelSource {
  /** In the order of preference: the first one answers for agents that name none. */
  readonly providers: readonly Provider[]
  /** Throws MODEL_NOT_CONFIGURED when the provider is not configured on this server. */
  resolve(provider: ProviderName | null, model: string | null): LanguageModel
}

/** `prepare` wraps every model that is handed out (retries, timeouts). `providers` has at least one. */
export function createModelSource(
  providers: readonly Provider[],
  prepare: (model: LanguageModel) => LanguageModel,
): ModelSource {
  const resolve = (providerName: ProviderName | null, modelId: string | null) => {
    const provider = providers.find(({ name }) => providerName === null || name === providerName)
    const id = modelId ?? provider?.models[0]?.id
    if (!provider || id === undefined) {
      throw new DomainError(
        'MODEL_NOT_CONFIGURED',
        `The provider “${providerName}” is not configured on this server. ` +
          `Choose another one for the agent, or ask the operator to add a key.`,
      )
    }
    return prepare(provider.model(id))
  }
  return { providers, resolve }
}
