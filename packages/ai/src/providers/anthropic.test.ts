import { describe } from 'vitest'
import { createAnthropicProvider } from './anthropic/create-provider.ts'
import { describeAnswers } from './model-suite.ts'
import { describeUpstream } from './upstream-suite.ts'

describe('anthropic', () => {
  describeAnswers(({ url }) => createAnthropicProvider({ apiKey: 'none', baseURL: url }).model('claude-sonnet-5-5'))
  describeUpstream(({ url }, apiKey) => createAnthropicProvider({ apiKey, baseURL: url }).model('claude-sonnet-5-5'))
})
