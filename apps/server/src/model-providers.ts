import {
  createAnthropicProvider,
  createDemoProvider,
  createOpenAIProvider,
  type LanguageModel,
  type Provider,
  type ReadPace,
  withIdleTimeout,
  withRetry,
} from '@kickstartmyai/ai'
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

/** What every model is wrapped in: retries before the first token, and an end to silence. */
export function prepareModel(model: LanguageModel): LanguageModel {
  return withRetry(withIdleTimeout(model, { idleMs: 60_000 }), {})
}
