import { describe } from 'vitest'
import { describeAnswers } from './model-suite.ts'
import { createOpenAIProvider } from './openai/create-provider.ts'
import { describeUpstream } from './upstream-suite.ts'

describe('openai', () => {
  describeAnswers(({ url }) => createOpenAIProvider({ apiKey: 'none', baseURL: `${url}/v1` }).model('gpt-6.1-terra'))
  describeUpstream(({ url }, apiKey) => createOpenAIProvider({ apiKey, baseURL: `${url}/v1` }).model('gpt-6.1-terra'))
})
