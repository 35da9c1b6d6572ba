import {
  ANTHROPIC_MODELS,
  createAnthropicProvider,
  createDemoProvider,
  createOpenAIProvider,
  type LanguageModel,
  OPENAI_MODELS,
  type Provider,
  type ReadPace,
  withIdleTimeout,
  withRetry,
} from '@kickstartmyai/ai'
import type { Vendor } from '@kickstartmyai/domain'
import type { Env } from './env.ts'

/** The providers that are configured, real ones first. A base URL without a key means a server that asks for none. */
export function modelProviders(env: Env, pace: ReadPace): Provider[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL } = env
  const providers: Provider[] = []
  if (OPENAI_API_KEY ?? OPENAI_BASE_URL) {
    providers.push(createOpenAIProvider({ apiKey: OPENAI_API_KEY ?? 'none', baseURL: OPENAI_BASE_URL, pace }))
  }
  if (ANTHROPIC_API_KEY ?? ANTHROPIC_BASE_URL) {
    providers.push(createAnthropicProvider({ apiKey: ANTHROPIC_API_KEY ?? 'none', baseURL: ANTHROPIC_BASE_URL, pace }))
  }
  return [...providers, createDemoProvider({})]
}

/** The vendors that a person may have a key of their own for. It goes where the server's own questions go. */
export function modelVendors({ OPENAI_BASE_URL, ANTHROPIC_BASE_URL }: Env, pace: ReadPace): Vendor[] {
  return [
    {
      name: 'openai',
      models: OPENAI_MODELS,
      withKey: (apiKey) => createOpenAIProvider({ apiKey, baseURL: OPENAI_BASE_URL, pace }),
    },
    {
      name: 'anthropic',
      models: ANTHROPIC_MODELS,
      withKey: (apiKey) => createAnthropicProvider({ apiKey, baseURL: ANTHROPIC_BASE_URL, pace }),
    },
  ]
}

/** What every model is wrapped in: retries before the first token, and an end to silence. */
export function prepareModel(model: LanguageModel): LanguageModel {
  return withRetry(withIdleTimeout(model, { idleMs: 60_000 }), {})
}
