import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ask, textRequest } from '../../testing/ask.ts'
import { replayFetch } from '../../testing/replay-fetch.ts'
import { createOpenAIProvider } from './create-provider.ts'

/** Transcripts of the Responses API as they come over the wire. */
const transcript = (name: string) => readFileSync(new URL(`./__fixtures__/${name}.sse`, import.meta.url), 'utf8')

const replay = (body: string, pieceBytes = Infinity) => {
  const { fetch } = replayFetch(body, { pieceBytes })
  return ask(createOpenAIProvider({ apiKey: 'test', fetch }).model('gpt-6.1-terra'))
}

const usage = (inputTokens: number, cachedInputTokens: number, outputTokens: number, reasoningTokens: number) => ({
  type: 'usage',
  usage: { inputTokens, outputTokens, cachedInputTokens, reasoningTokens },
})
const finish = (reason: string) => ({ type: 'finish', reason })

const meanings = {
  text: [{ type: 'text', text: 'Grüße aus Zürich — 你好, 世界! 👩‍🚀 All good.' }, usage(31, 0, 19, 0), finish('stop')],
  reasoning: [
    {
      type: 'reasoning',
      text: '**Working out the divisor**\n\nI divide 1071 by 462 and go on with the remainder.\n\n**Checking**\n\n21 divides both numbers.',
    },
    { type: 'text', text: 'The greatest common divisor of 1071 and 462 is **21**.' },
    usage(58, 32, 211, 192),
    finish('stop'),
  ],
  'parallel-tools': [
    { type: 'text', text: 'I look at both.' },
    { type: 'tool_call', callId: expect.stringMatching(/^call_/), name: 'get_weather', input: { city: 'Zürich' } },
    { type: 'tool_call', callId: expect.stringMatching(/^call_/), name: 'get_weather', input: { city: 'São "Paulo"' } },
    { type: 'tool_call', callId: expect.stringMatching(/^call_/), name: 'get_time', input: {} },
    usage(145, 128, 57, 0),
    finish('tool_calls'),
  ],
  refusal: [{ type: 'text', text: "I'm sorry, but I can't help with that." }, usage(24, 0, 12, 0), finish('refusal')],
  incomplete: [{ type: 'text', text: 'Once upon a time there was a' }, usage(20, 0, 16, 0), finish('length')],
} as const

describe.each(Object.entries(meanings))('%s', (name, chunks) => {
  test.each([1, 3, 64, Infinity])('in pieces of %s bytes', async (pieceBytes) => {
    expect(await replay(transcript(name), pieceBytes)).toEqual({ chunks, error: undefined })
  })

  test('with CRLF', async () => {
    expect((await replay(transcript(name).replaceAll('\n', '\r\n'), 5)).chunks).toEqual(chunks)
  })

  test('cut before its last event', async () => {
    const events = transcript(name).trimEnd().split('\n\n')
    const { chunks: told, error } = await replay(
      events
        .slice(0, -1)
        .map((event) => `${event}\n\n`)
        .join(''),
    )
    expect(error).toMatchObject({ kind: 'stream_cut', retryable: true })
    expect(told.map(({ type }) => type)).not.toContain('finish')
  })
})

test('a quota error at the head of a stream cannot be tried again', async () => {
  const { chunks, error } = await replay(transcript('quota'))
  expect(chunks).toEqual([])
  expect(error).toMatchObject({ kind: 'quota_exceeded', retryable: false })
})

test('a response that fails tells what was used before it fails', async () => {
  const { chunks, error } = await replay(transcript('failed'), 11)
  expect(chunks).toEqual([{ type: 'text', text: 'The first half of' }, usage(40, 8, 6, 0)])
  expect(error).toMatchObject({ kind: 'unavailable', retryable: true })
})

test('events that are not known mean nothing', async () => {
  const news =
    'event: response.telepathy.delta\ndata: {"type":"response.telepathy.delta","delta":{"deep":[1]}}\n\n: hush\n\n'
  const body = transcript('text').replaceAll('event: ', `${news}event: `)
  expect((await replay(body)).chunks).toEqual(meanings.text)
})

test('JSON that is broken off is malformed', async () => {
  const { error } = await replay(transcript('text').replace('"delta":"Grüße"', '"delta":"Grü'))
  expect(error).toMatchObject({ kind: 'malformed', retryable: true })
})

test('input of a call that is not JSON is handed on as it is', async () => {
  const { chunks } = await replay(
    transcript('parallel-tools').replaceAll('{\\"city\\":\\"Zürich\\"}', '{\\"city\\":Zürich'),
  )
  expect(chunks).toContainEqual(
    expect.objectContaining({ type: 'tool_call', name: 'get_weather', input: null, invalidInput: '{"city":Zürich' }),
  )
})

test('while the input of a call is written there are signs of life', async () => {
  const { fetch } = replayFetch(transcript('parallel-tools'), { pieceBytes: 100 })
  const types: string[] = []
  const model = createOpenAIProvider({ apiKey: 'test', fetch }).model('gpt-6.1-terra')
  for await (const { type } of model.stream(textRequest('Hello'), new AbortController())) types.push(type)
  expect(types.slice(types.lastIndexOf('text') + 1, types.indexOf('tool_call'))).toContain('alive')
})
