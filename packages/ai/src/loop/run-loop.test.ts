import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ModelError } from '../model/error.ts'
import type { ModelMessage } from '../model/message.ts'
import { asksFor, call, playLoop, says, user } from '../testing/play-loop.ts'
import { defineTool } from '../tools/define-tool.ts'
import { runLoop } from './run-loop.ts'

const double = defineTool({
  name: 'double',
  title: 'Double',
  description: 'Doubles a number.',
  effect: 'read',
  input: z.object({ n: z.number() }),
  timeoutMs: 1000,
  run: ({ n }) => ({ result: 2 * n }),
})

describe('an answer', () => {
  test('is told word by word, then whole, with its usage', async () => {
    const { events } = await playLoop([says('Good ', 'day')])
    expect(events).toEqual([
      { type: 'step_started', step: 0 },
      { type: 'text', text: 'Good ' },
      { type: 'text', text: 'day' },
      { type: 'usage', step: 0, usage: { inputTokens: 3, outputTokens: 2, cachedInputTokens: 0, reasoningTokens: 0 } },
      {
        type: 'step_finished',
        step: 0,
        message: { role: 'assistant', parts: [{ type: 'text', text: 'Good day' }] },
        reason: 'stop',
      },
      { type: 'ended', outcome: { type: 'completed', reason: 'stop' } },
    ])
  })

  test('keeps thoughts and text apart, in the order in which they came', async () => {
    const { events } = await playLoop([
      [
        { type: 'reasoning', text: 'Hm' },
        { type: 'reasoning', text: '.' },
        { type: 'text', text: 'Yes' },
        { type: 'finish', reason: 'stop' },
      ],
    ])
    expect(events.find((event) => event.type === 'step_finished')).toMatchObject({
      message: {
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'Yes' },
        ],
      },
    })
  })

  test('that reached the limit of its length is complete', async () => {
    const { outcome } = await playLoop([
      [
        { type: 'text', text: 'Once' },
        { type: 'finish', reason: 'length' },
      ],
    ])
    expect(outcome).toEqual({ type: 'completed', reason: 'length' })
  })

  test('hears what the loop was given: system, messages, tools and settings', async () => {
    const { requests } = await playLoop([says('Hi')], { system: 'Be kind.', tools: [double] })
    expect(requests).toMatchObject([
      {
        system: 'Be kind.',
        messages: [user('Hello')],
        tools: [{ name: 'double' }],
        temperature: null,
        maxOutputTokens: null,
      },
    ])
  })
})

describe('tools', () => {
  test('run when the model asks, and the model hears of them', async () => {
    const { events, requests, outcome } = await playLoop([asksFor(call('a', 'double', { n: 4 })), says('Eight')], {
      tools: [double],
    })
    const result = { callId: 'a', name: 'double', outcome: { ok: true, output: { result: 8 } } }
    expect(events.filter((event) => event.type.startsWith('tool_'))).toEqual([
      { type: 'tool_called', step: 0, call: call('a', 'double', { n: 4 }), held: false },
      { type: 'tool_finished', step: 0, result, durationMs: 0 },
    ])
    expect(requests[1]?.messages).toEqual([
      user('Hello'),
      { role: 'assistant', parts: [call('a', 'double', { n: 4 })] },
      { role: 'tool', results: [result] },
    ])
    expect(events.filter((event) => event.type === 'step_started').map((event) => event.step)).toEqual([0, 1])
    expect(outcome).toEqual({ type: 'completed', reason: 'stop' })
  })

  test('stop the loop at the limit of its steps', async () => {
    const script = asksFor(call('a', 'double', { n: 1 }))
    const { requests, outcome } = await playLoop([script, script, script], { tools: [double], maxIterations: 2 })
    expect(requests).toHaveLength(2)
    expect(outcome).toEqual({ type: 'max_iterations' })
  })
})

describe('a conversation that was interrupted', () => {
  const asked: ModelMessage = {
    role: 'assistant',
    parts: [call('a', 'double', { n: 1 }), call('b', 'double', { n: 2 })],
  }
  const answered = (callId: string) => ({ callId, name: 'double', outcome: { ok: true as const, output: 'stored' } })

  test('goes on with the calls that have no result, and tells all results in the order of the calls', async () => {
    const messages = [user('Hello'), asked, { role: 'tool' as const, results: [answered('b')] }]
    const { events, requests } = await playLoop([says('Done')], { tools: [double], messages, stepsDone: 1 })
    expect(events[0]).toEqual({ type: 'tool_called', step: 0, call: call('a', 'double', { n: 1 }), held: false })
    expect(events.filter((event) => event.type === 'tool_called')).toHaveLength(1)
    const results = requests[0]?.messages.flatMap((message) => (message.role === 'tool' ? message.results : [])) ?? []
    expect(results.slice(-2).map(({ callId, outcome }) => [callId, outcome.ok && outcome.output])).toEqual([
      ['a', { result: 2 }],
      ['b', 'stored'],
    ])
    expect(new Set(results.map(({ callId }) => callId)).size).toBe(results.length)
  })

  test('asks the model when every call has its result', async () => {
    const messages = [user('Hello'), asked, { role: 'tool' as const, results: [answered('a'), answered('b')] }]
    const { events } = await playLoop([says('Done')], { tools: [double], messages, stepsDone: 1 })
    expect(events[0]).toEqual({ type: 'step_started', step: 1 })
  })

  test('asks nothing when its last word is an answer', async () => {
    const messages = [user('Hello'), { role: 'assistant' as const, parts: [{ type: 'text' as const, text: 'Hi' }] }]
    const { events } = await playLoop([], { messages, stepsDone: 1 })
    expect(events).toEqual([{ type: 'ended', outcome: { type: 'completed', reason: 'stop' } }])
  })

  test('counts the steps that were done before', async () => {
    const messages = [user('Hello'), asked, { role: 'tool' as const, results: [answered('a'), answered('b')] }]
    const { outcome, requests } = await playLoop([], { messages, stepsDone: 3, maxIterations: 3 })
    expect(outcome).toEqual({ type: 'max_iterations' })
    expect(requests).toHaveLength(0)
  })
})

describe('failures are outcomes', () => {
  test('of the model, with what it said before', async () => {
    const error = new ModelError('stream_cut', 'It broke off.')
    const { events, outcome } = await playLoop([[{ type: 'text', text: 'Half' }, error]])
    expect(events.map((event) => event.type)).toEqual(['step_started', 'text', 'ended'])
    expect(outcome).toEqual({ type: 'failed', error })
  })

  test('of anything else, without its words', async () => {
    const { outcome } = await playLoop([[new Error('password=hunter2')]])
    expect(outcome).toMatchObject({ type: 'failed', error: { kind: 'unavailable' } })
    expect(outcome?.type === 'failed' && outcome.error.message).not.toContain('hunter2')
  })

  test.each([
    ['nothing at all', [], 'empty'],
    ['an empty text', [{ type: 'text', text: '' }], 'empty'],
    ['a refusal without words', [{ type: 'reasoning', text: 'no' }], 'refused'],
  ] as const)('%s', async (_, chunks, kind) => {
    const { outcome } = await playLoop([
      [...chunks, { type: 'finish', reason: kind === 'refused' ? 'refusal' : 'stop' }],
    ])
    expect(outcome).toMatchObject({ type: 'failed', error: { kind } })
  })

  test('a refusal in words is an answer', async () => {
    const { outcome } = await playLoop([
      [
        { type: 'text', text: 'No.' },
        { type: 'finish', reason: 'refusal' },
      ],
    ])
    expect(outcome).toEqual({ type: 'completed', reason: 'refusal' })
  })
})

test('the model is stopped when the consumer leaves', async () => {
  let stopped = false
  const loop = runLoop({
    model: {
      provider: 'scripted',
      id: 'endless',
      async *stream(_, { signal }) {
        try {
          for (;;) yield { type: 'text', text: signal.aborted ? 'aborted' : '…' }
        } finally {
          stopped = true
        }
      },
    },
    system: '',
    messages: [user('Hello')],
    tools: [],
    settings: { temperature: null, maxOutputTokens: null, maxIterations: 1 },
    signal: new AbortController().signal,
    now: () => 0,
  })
  for await (const event of loop) if (event.type === 'text') break
  expect(stopped).toBe(true)
})
