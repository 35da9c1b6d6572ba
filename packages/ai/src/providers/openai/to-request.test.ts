import { expect, test } from 'vitest'
import type { ModelMessage } from '../../model/message.ts'
import { textRequest } from '../../testing/ask.ts'
import { toRequest } from './to-request.ts'

test('a plain question stores nothing with the vendor and leaves the rest to its defaults', () => {
  expect(toRequest('gpt-4.1', textRequest('Hello', { system: '' }))).toEqual({
    model: 'gpt-4.1',
    stream: true,
    store: false,
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
  })
})

test('settings and tools', () => {
  const inputSchema = { type: 'object', properties: { city: { type: 'string' } } }
  const tools = [{ name: 'get_weather', description: 'The weather.', inputSchema }]
  const request = textRequest('Hello', { system: 'Be kind.', tools, temperature: 0.3, maxOutputTokens: 200 })
  expect(toRequest('gpt-4.1', request)).toMatchObject({
    instructions: 'Be kind.',
    temperature: 0.3,
    max_output_tokens: 200,
    tools: [
      { type: 'function', name: 'get_weather', description: 'The weather.', parameters: inputSchema, strict: false },
    ],
  })
})

test.each(['o3', 'gpt-5.6-terra', 'gpt-6.1-sol', 'gpt-10'])(
  '%s reasons: it is told to summarize, and no temperature',
  (model) => {
    const body = toRequest(model, textRequest('Hello', { temperature: 0.3 }))
    expect(body).toMatchObject({ reasoning: { summary: 'auto' } })
    expect(body).not.toHaveProperty('temperature')
  },
)

test.each(['gpt-4.1-mini', 'gpt-5-chat-latest', 'gpt-oss:20b', 'llama3.3'])('%s does not reason', (model) => {
  const body = toRequest(model, textRequest('Hello', { temperature: 0 }))
  expect(body).toMatchObject({ temperature: 0 })
  expect(body).not.toHaveProperty('reasoning')
})

test('a conversation with tools', () => {
  const messages: ModelMessage[] = [
    { role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'A tool knows.' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_call', callId: 'c1', name: 'get_weather', input: { city: 'Zürich' } },
        { type: 'tool_call', callId: 'c2', name: 'get_time', input: null, invalidInput: '{"a"' },
      ],
    },
    {
      role: 'tool',
      results: [
        { callId: 'c1', name: 'get_weather', outcome: { ok: true, output: { degrees: 21 } } },
        {
          callId: 'c2',
          name: 'get_time',
          outcome: { ok: false, error: { code: 'INVALID_INPUT', message: 'Not JSON.' } },
        },
      ],
    },
    { role: 'assistant', parts: [{ type: 'text', text: '' }] },
    { role: 'user', parts: [{ type: 'text', text: 'Thanks' }] },
  ]
  expect(toRequest('gpt-4.1', textRequest('', { messages })).input).toEqual([
    { role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
    { role: 'assistant', content: 'I look.' },
    { type: 'function_call', call_id: 'c1', name: 'get_weather', arguments: '{"city":"Zürich"}' },
    { type: 'function_call', call_id: 'c2', name: 'get_time', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c1', output: '{"degrees":21}' },
    { type: 'function_call_output', call_id: 'c2', output: '{"error":{"code":"INVALID_INPUT","message":"Not JSON."}}' },
    { role: 'user', content: [{ type: 'input_text', text: 'Thanks' }] },
  ])
})
