import { ModelError } from '@kickstartmyai/ai'
import type { ProviderName } from '@kickstartmyai/contract'
import { findTitleMaterial, type OwnedConversation, settleTitle } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { askForTitle } from './ask-for-title.ts'
import { cleanTitle } from './clean-title.ts'

type TitleDeps = Pick<Deps, 'db' | 'log' | 'models'>

/**
 * Asks the model that answered first in a conversation for a title, and stores it unless the conversation has got one
 * meanwhile. A model that has none to give leaves the prompt. Throws when it may have one later.
 */
export async function generateTitle(deps: TitleDeps, of: OwnedConversation, signal: AbortSignal): Promise<void> {
  const material = await findTitleMaterial(deps.db, of)
  if (!material) return
  try {
    const { provider, model: modelId } = material
    const model = await deps.models.resolve(of.ownerId, provider as ProviderName | null, modelId)
    const { text, usage } = await askForTitle(model, material, signal)
    const title = cleanTitle(text)
    const taken = await settleTitle(deps.db, of, title)
    const { conversationId } = of
    const asked = { conversationId, provider: model.provider, model: model.id, usage }
    deps.log.info(asked, title === null ? 'the model gave no title' : taken ? 'titled' : 'titled by somebody meanwhile')
  } catch (err) {
    if (!isFinal(err)) throw err
    deps.log.warn({ err, conversationId: of.conversationId }, 'no title can be had; the prompt stays')
    await keepTitle(deps, of)
  }
}

/** Lets a conversation keep the title that its prompt made. */
export async function keepTitle({ db }: Pick<Deps, 'db'>, of: OwnedConversation): Promise<void> {
  await settleTitle(db, of, null)
}

/** The same question would fail in the same way. */
const isFinal = (error: unknown) => error instanceof DomainError || (error instanceof ModelError && !error.retryable)
