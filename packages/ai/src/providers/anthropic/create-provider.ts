import Anthropic from '@anthropic-ai/sdk'
import type { LanguageModel } from '../../model/language-model.ts'
import type { Provider } from '../../model/provider.ts'
import { createNodeFetch } from '../http/node-fetch.ts'
import { type ReadPace, readAnswer } from '../read-answer.ts'
import { type AnthropicEvent, createChunkReader } from './from-chunk.ts'
import { ANTHROPIC_MODELS } from './models.ts'
import { toModelError } from './to-model-error.ts'
import { toRequest } from './to-request.ts'

export interface AnthropicProviderOptions {
  apiKey: string
  /** Any server that speaks the Messages API, without its `/v1`; the vendor's own unless told. */
  baseURL?: string | undefined
  /** The `fetch` to use; one on Node's HTTP client unless told. */
  fetch?: typeof fetch
  pace?: ReadPace | undefined
}

/** Anthropic, or a compatible server, through the Messages API. The official SDK does not retry: see `withRetry`. */
export function createAnthropicProvider({
  apiKey,
  baseURL,
  fetch = createNodeFetch(),
  pace,
}: AnthropicProviderOptions): Provider {
  const client = new Anthropic({
    apiKey,
    baseURL: baseURL ?? 'https://api.anthropic.com',
    // Told, so that the SDK does not look for them in the environment.
    authToken: null,
    webhookKey: null,
    maxRetries: 0,
    // The SDK prints what it cannot read; whoever catches the error decides what is logged.
    logLevel: 'off',
    fetch,
  })

  const model = (id: string): LanguageModel => ({
    provider: 'anthropic',
    id,
    stream: (request, { signal }) =>
      readAnswer<AnthropicEvent>(
        {
          vendor: 'Anthropic',
          apiKey,
          pace,
          open: (stop) => client.messages.create(toRequest(id, request), { signal: stop }).asResponse(),
          read: createChunkReader(),
          toModelError: (error) => toModelError(error, id),
        },
        signal,
      ),
  })

  return { name: 'anthropic', models: ANTHROPIC_MODELS, model }
}
