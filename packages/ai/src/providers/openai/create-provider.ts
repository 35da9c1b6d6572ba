import OpenAI from 'openai'
import type { LanguageModel } from '../../model/language-model.ts'
import type { Provider } from '../../model/provider.ts'
import { createNodeFetch } from '../http/node-fetch.ts'
import { type ReadPace, readAnswer } from '../read-answer.ts'
import { createChunkReader, type OpenAIEvent } from './from-chunk.ts'
import { OPENAI_MODELS } from './models.ts'
import { toModelError } from './to-model-error.ts'
import { toRequest } from './to-request.ts'

export interface OpenAIProviderOptions {
  apiKey: string
  /** Any server that speaks the Responses API, with its `/v1`; the vendor's own unless told. */
  baseURL?: string | undefined
  /** The `fetch` to use; one on Node's HTTP client unless told. */
  fetch?: typeof fetch
  pace?: ReadPace | undefined
}

/** OpenAI, or a compatible server, through the Responses API. The official SDK does not retry: see `withRetry`. */
export function createOpenAIProvider({
  apiKey,
  baseURL,
  fetch = createNodeFetch(),
  pace,
}: OpenAIProviderOptions): Provider {
  const client = new OpenAI({
    apiKey,
    baseURL: baseURL ?? 'https://api.openai.com/v1',
    // Told, so that the SDK does not look for them in the environment.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    // The SDK prints what it cannot read; whoever catches the error decides what is logged.
    logLevel: 'off',
    fetch,
  })

  const model = (id: string): LanguageModel => ({
    provider: 'openai',
    id,
    stream: (request, { signal }) =>
      readAnswer<OpenAIEvent>(
        {
          vendor: 'OpenAI',
          apiKey,
          pace,
          open: (stop) => client.responses.create(toRequest(id, request), { signal: stop }).asResponse(),
          read: createChunkReader(),
          toModelError: (error) => toModelError(error, id),
        },
        signal,
      ),
  })

  return { name: 'openai', models: OPENAI_MODELS, model }
}
