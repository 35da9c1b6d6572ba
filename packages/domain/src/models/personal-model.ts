import { type LanguageModel, type ModelChunk, ModelError } from '@kickstartmyai/ai'
import type { UserId, VendorName } from '@kickstartmyai/contract'
import { isConnectionError, type SecretRow } from '@kickstartmyai/db'
import type { OwnKeys } from './own-keys.ts'
import type { OwnProviders } from './own-providers.ts'
import { SecretUnreadable } from '../secrets/secret-box.ts'

interface Keys extends Pick<OwnKeys, 'keysOf' | 'clock'> {
  own: OwnProviders
}

interface Question {
  userId: UserId
  vendor: VendorName
  /** The model's. */
  id: string
  /** The model with the server's key, where it has one. */
  shared: LanguageModel | undefined
}

/** Between two looks into a database that is away. The run's lease ends the wait. */
const pauseMs = 300

/**
 * A model that is asked with the person's own key where there is one, else with the server's. It is looked up for each
 * question, so that a key that was changed or deleted meanwhile is not used again.
 */
export function createPersonalModel(keys: Keys, question: Question): LanguageModel {
  return {
    provider: question.vendor,
    id: question.id,
    // Not a generator: every token of every stream would pass through it.
    stream: (request, options) => {
      let inner: AsyncIterator<ModelChunk> | undefined
      const begin = async (): Promise<IteratorResult<ModelChunk>> => {
        const { model, holder } = await choose(keys, question, options.signal)
        inner = model.stream(request, options)[Symbol.asyncIterator]()
        try {
          return await inner.next()
        } catch (error) {
          throw tellWhose(error, holder)
        }
      }
      const iterator: AsyncIterator<ModelChunk> = {
        next: () => inner?.next() ?? begin(),
        return: async () => (await inner?.return?.()) ?? { done: true, value: undefined },
      }
      return { [Symbol.asyncIterator]: () => iterator }
    },
  }
}

interface Choice {
  model: LanguageModel
  holder: 'person' | 'server'
}

async function choose(keys: Keys, { userId, vendor, id, shared }: Question, signal: AbortSignal): Promise<Choice> {
  const row = (await lookUp(keys, userId, signal)).find(({ name }) => name === vendor)
  const model = row && openModel(keys, row, id)
  if (model) return { model, holder: 'person' }
  if (shared) return { model: shared, holder: 'server' }
  const message = 'There is no key for this model any more: your own was deleted, and the server has none.'
  throw new ModelError('auth_failed', message)
}

function openModel({ own }: Keys, row: SecretRow, id: string): LanguageModel | undefined {
  try {
    return own(row)?.model(id)
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error
    const message = 'Your own key for this model cannot be read on this server. Store it again, or ask its operator.'
    throw new ModelError('auth_failed', message, { cause: error })
  }
}

/** An answer must not fail because the database was away for a moment. */
async function lookUp({ keysOf, clock }: Keys, userId: UserId, signal: AbortSignal): Promise<readonly SecretRow[]> {
  for (;;) {
    try {
      return await keysOf(userId)
    } catch (error) {
      if (!isConnectionError(error)) throw error
      await clock.sleep(pauseMs, signal)
    }
  }
}

const words = {
  person: 'The key is your own: change or delete it among your provider keys.',
  server: 'The key is the one of this server: tell its operator, or store a key of your own.',
}

/** A vendor that refuses a key does not know whose it is. */
function tellWhose(error: unknown, holder: Choice['holder']): unknown {
  if (!(error instanceof ModelError) || !['auth_failed', 'quota_exceeded'].includes(error.kind)) return error
  const { kind, retryable, retryAfterMs, status } = error
  return new ModelError(kind, `${error.message} ${words[holder]}`, {
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(status !== undefined && { status }),
  })
}
