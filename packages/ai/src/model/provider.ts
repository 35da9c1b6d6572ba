import type { LanguageModel } from './language-model.ts'

export interface ModelInfo {
  id: string
  label: string
}

/** A vendor that is configured on this server. */
export interface Provider {
  readonly name: 'openai' | 'anthropic' | 'demo'
  /** The models it is known to offer, the default one first. Others may be asked for by id. */
  readonly models: readonly ModelInfo[]
  model(id: string): LanguageModel
}
