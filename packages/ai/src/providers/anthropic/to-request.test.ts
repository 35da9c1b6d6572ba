import { expect, test } from 'vitest'
import type { ModelMessage } from '../../model/message.ts'
import { textRequest } from '../../testing/ask.ts'
import { toRequest } from './to-request.ts'

test('a plain question has a limit, which the API wants', () => {
  expect(toRequest('claude-haiku-4-5', textRequest('Hello', { system: '' }))).toEqual({
    model: 'claude-haiku-4-5',
    stream: true,
    max_tokens: 32_000,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  })
})

test('settings and tools', () => {
  const inputSchema = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: {} }
  const tools = [{ name: 'get_time', description: 'The time.', inputSchema }]
  const request = textRequest('Hello', { system: 'Be kind.', tools, maxOutputTokens: 200 })
  expect(toRequest('claude-haiku-4-5', request)).toMatchObject({
    system: 'Be kind.',
    max_tokens: 200,
    tools: [{ name: 'get_time', description: 'The time.', input_schema: inputSchema }],
  })
})

test.each(['claude-sonnet-5', 'claude-opus-5-5', 'claude-fable-5-2', 'claude-haiku-10'])(
  '%s shows its thinking',
  (model) => {
    const body = toRequest(model, textRequest('Hello'))
    expect(body).toMatchObject({ thinking: { type: 'adaptive', display: 'summarized' } })
  },
)

test.each(['claude-opus-4-8', 'claude-haiku-4-5', 'qwen3'])('%s is not asked to think', (model) => {
  expect(toRequest(model, textRequest('Hello'))).not.toHaveProperty('thinking')
})

test.each(['claude-sonnet-5-5', 'claude-haiku-4-5'])('%s is told no temperature, which the API refuses', (model) => {
  expect(toRequest(model, textRequest('Hello', { temperature: 0.3 }))).not.toHaveProperty('temperature')
})

test('roles take turns, and ids of other vendors fit', () => {
  const messages: ModelMessage[] = [
    { role: 'user', parts: [{ type: 'text', text: 'Hello?' }] },
    { role: 'assistant', parts: [{ type: 'reasoning', text: 'Cut off here.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', text: ' ' },
        { type: 'text', text: 'Weather?' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'text', text: 'I look.' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'tool_call', callId: 'functions.get_weather:0', name: 'get_weather', input: { city: 'Zürich' } },
        { type: 'tool_call', callId: 'c2', name: 'get_time', input: null, invalidInput: '{"a"' },
      ],
    },
    {
      role: 'tool',
      results: [
        { callId: 'functions.get_weather:0', name: 'get_weather', outcome: { ok: true, output: 'sunny' } },
        {
          callId: 'c2',
          name: 'get_time',
          outcome: { ok: false, error: { code: 'INVALID_INPUT', message: 'Not JSON.' } },
        },
      ],
    },
    { role: 'user', parts: [{ type: 'text', text: 'And?' }] },
  ]
  expect(toRequest('claude-haiku-4-5', textRequest('', { messages })).messages).toEqual([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hello?' },
        { type: 'text', text: 'Weather?' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'functions_get_weather_0', name: 'get_weather', input: { city: 'Zürich' } },
        { type: 'tool_use', id: 'c2', name: 'get_time', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'functions_get_weather_0', content: 'sunny' },
        { type: 'tool_result', tool_use_id: 'c2', content: 'INVALID_INPUT: Not JSON.', is_error: true },
        { type: 'text', text: 'And?' },
      ],
    },
  ])
})
