import type { Model } from '@kickstartmyai/contract'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'

/** The models that this person's agents may name here; the first is the default. */
export async function listModels({ models }: Pick<Deps, 'models'>, actor: Actor): Promise<{ items: Model[] }> {
  const offers = await models.offersFor(actor.userId)
  const items = offers.flatMap((offer, rank) =>
    offer.models.map(({ id, label }, place): Model => ({
      provider: offer.name,
      id,
      label,
      isDefault: rank === 0 && place === 0,
    })),
  )
  return { items }
}
