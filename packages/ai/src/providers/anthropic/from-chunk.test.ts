import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ask, textRequest } from '../../testing/ask.ts'
import { replayFetch } from '../../testing/replay-fetch.ts'
import { createAnthropicProvider } from './create-provider.ts'

/** Transcripts of the Messages API as they come over the wire. */
const transcript = (name: string) => readFileSync(new URL(`./__fixtures__/${name}.sse`, import.meta.url), 'utf8')

const replay = (body: string, pieceBytes = Infinity) => {
  const { fetch } = replayFetch(body, { pieceBytes })
  return ask(createAnthropicProvider({ apiKey: 'test', fetch }).model('claude-sonnet-5-5'))
}

const usage = (inputTokens: number, cachedInputTokens: number, outputTokens: number, reasoningTokens = 0) => ({
  type: 'usage',
  usage: { inputTokens, outputTokens, cachedInputTokens, reasoningTokens },
})
const finish = (reason: string) => ({ type: 'finish', reason })

const meanings = {
  text: [
    usage(21, 0, 2),
    { type: 'text', text: 'Grüße aus Zürich — 你好, 世界! 👩‍🚀 All good.' },
    usage(21, 0, 27),
    finish('stop'),
  ],
  thinking: [
    usage(4247, 3000, 2),
    { type: 'reasoning', text: 'I divide 1071 by 462 and go on with the remainder until nothing is left.' },
    { type: 'text', text: 'The greatest common divisor of 1071 and 462 is **21**.' },
    usage(4247, 3000, 373, 62),
    finish('stop'),
  ],
  'parallel-tools': [
    usage(565, 0, 2),
    { type: 'reasoning', text: 'Both cities, and the time.' },
    { type: 'text', text: 'I look at both.' },
    { type: 'tool_call', callId: expect.stringMatching(/^toolu_/), name: 'get_weather', input: { city: 'Zürich' } },
    {
      type: 'tool_call',
      callId: expect.stringMatching(/^toolu_/),
      name: 'get_weather',
      input: { city: 'São "Paulo"' },
    },
    { type: 'tool_call', callId: expect.stringMatching(/^toolu_/), name: 'get_time', input: {} },
    usage(565, 0, 98, 9),
    finish('tool_calls'),
  ],
  refusal: [
    usage(18, 0, 2),
    { type: 'text', text: 'This request was blocked under the usage policy.' },
    usage(18, 0, 5),
    finish('refusal'),
  ],
  'cut-tool': [
    usage(33, 0, 2),
    {
      type: 'tool_call',
      callId: expect.stringMatching(/^toolu_/),
      name: 'get_weather',
      input: null,
      invalidInput: '{"city": "Zür',
    },
    usage(33, 0, 16),
    finish('length'),
  ],
} as const

describe.each(Object.entries(meanings))('%s', (name, chunks) => {
  test.each([1, 3, 64, Infinity])('in pieces of %s bytes', async (pieceBytes) => {
    expect(await replay(transcript(name), pieceBytes)).toEqual({ chunks, error: undefined })
  })

  test('with CRLF', async () => {
    expect((await replay(transcript(name).replaceAll('\n', '\r\n'), 5)).chunks).toEqual(chunks)
  })

  test('cut before its last event', async () => {
    const { chunks: told, error } = await replay(
      transcript(name).slice(0, transcript(name).indexOf('event: message_stop')),
    )
    expect(error).toMatchObject({ kind: 'stream_cut', retryable: true })
    expect(told).toEqual(chunks.slice(0, -1))
  })
})

test('an error in mid-stream tells what was used before', async () => {
  const { chunks, error } = await replay(transcript('overloaded'), 13)
  expect(chunks).toEqual([usage(33, 0, 2), { type: 'text', text: 'The first half of' }])
  expect(error).toMatchObject({ kind: 'overloaded', retryable: true })
})

test('events and deltas that are not known mean nothing', async () => {
  const events = [
    { type: 'message_mood', mood: { deep: [1] } },
    { type: 'content_block_delta', index: 0, delta: { type: 'smell_delta', smell: 'x' } },
    { type: 'content_block_start', index: 9, content_block: { type: 'hologram' } },
    { type: 'content_block_stop', index: 9 },
  ]
  const news = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
  const body = transcript('text').replaceAll(
    'event: content_block_delta',
    `${news}: hush\n\nevent: content_block_delta`,
  )
  expect((await replay(body)).chunks).toEqual(meanings.text)
})

test('JSON that is broken off is malformed', async () => {
  const { error } = await replay(transcript('text').replace('"text":"Grüße', '"text":"Grü\u0007'))
  expect(error).toMatchObject({ kind: 'malformed', retryable: true })
})

test('while the input of a call is written there are signs of life', async () => {
  const { fetch } = replayFetch(transcript('parallel-tools'), { pieceBytes: 100 })
  const types: string[] = []
  const model = createAnthropicProvider({ apiKey: 'test', fetch }).model('claude-sonnet-5-5')
  for await (const { type } of model.stream(textRequest('Hello'), new AbortController())) types.push(type)
  expect(types.slice(types.lastIndexOf('text') + 1, types.indexOf('tool_call'))).toContain('alive')
})
