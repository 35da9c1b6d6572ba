import type { LanguageModel, Provider } from '@kickstartmyai/ai'
import type { ProviderName, UserId, VendorName } from '@kickstartmyai/contract'
import { DomainError } from '../domain-error.ts'
import type { OwnKeys } from './own-keys.ts'
import { createOwnProviders } from './own-providers.ts'
import { createPersonalModel } from './personal-model.ts'

/** A provider's name and what it offers, the default model first. */
export type Offer = Pick<Provider, 'name' | 'models'>

/** The providers that there are for a person, and the way from an agent's choice to a model that answers. */
export interface ModelSource {
  /** Those of the server, in the order of preference: the first one answers for agents that name none. */
  readonly providers: readonly Provider[]
  /** Those that this person can ask: the server's, and those for which they have a key of their own, before the demo. */
  offersFor(userId: UserId): Promise<Offer[]>
  /**
   * The model that answers this person: with their own key where they have one, else with the server's. Which it is is
   * looked up for each question. Throws MODEL_NOT_CONFIGURED when there is no key for that provider.
   */
  resolve(userId: UserId, provider: ProviderName | null, model: string | null): Promise<LanguageModel>
}

export interface ModelSourceOptions extends OwnKeys {
  /** At least one. */
  providers: readonly Provider[]
  /** Wraps every model that is handed out (retries, timeouts). */
  prepare: (model: LanguageModel) => LanguageModel
}

export function createModelSource(options: ModelSourceOptions): ModelSource {
  const { providers, vendors, prepare, keysOf, clock } = options
  const own = createOwnProviders(options)

  const offersFor = async (userId: UserId): Promise<Offer[]> => {
    const names = new Set((await keysOf(userId)).map(({ name }) => name))
    const added = vendors.filter(({ name }) => names.has(name) && !providers.some((known) => known.name === name))
    const isDemo = ({ name }: Offer) => name === 'demo'
    return [...providers.filter((provider) => !isDemo(provider)), ...added, ...providers.filter(isDemo)]
  }

  const choose = async (userId: UserId, name: ProviderName | null): Promise<Offer> => {
    const configured = providers.find((provider) => name === null || provider.name === name)
    // Most are answered by the server's first provider: nothing is looked up for them.
    if (configured && (configured.name !== 'demo' || name === 'demo')) return configured
    const offers = await offersFor(userId)
    const chosen = offers.find((offer) => name === null || offer.name === name)
    if (chosen) return chosen
    throw new DomainError(
      'MODEL_NOT_CONFIGURED',
      `The provider “${name}” is not configured on this server. Choose another one for the agent, ` +
        'store a key of your own for it, or ask the operator to add one.',
    )
  }

  return {
    providers,
    offersFor,
    async resolve(userId, providerName, modelId) {
      const { name, models } = await choose(userId, providerName)
      const id = modelId ?? models[0]?.id ?? ''
      const provider = providers.find((known) => known.name === name)
      if (name === 'demo' && provider) return prepare(provider.model(id))
      const question = { userId, vendor: name as VendorName, id, shared: provider?.model(id) }
      return prepare(createPersonalModel({ keysOf, own, clock }, question))
    },
  }
}
