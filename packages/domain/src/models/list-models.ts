import type { Model } from '@kickstartmyai/contract'
import type { Deps } from '../deps.ts'

/** The models that agents may name here; the first is the default. */
export function listModels({ models }: Pick<Deps, 'models'>): { items: Model[] } {
  const items = models.providers.flatMap((provider, rank) =>
    provider.models.map(({ id, label }, place): Model => ({
      provider: provider.name,
      id,
      label,
      isDefault: rank === 0 && place === 0,
    })),
  )
  return { items }
}
