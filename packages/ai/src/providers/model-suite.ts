import { describe, expect, test } from 'vitest'
import type { LanguageModel } from '../model/language-model.ts'
import type { ModelMessage, ToolCall } from '../model/message.ts'
import type { ToolSpec } from '../model/request.ts'
import { ask, textRequest } from '../testing/ask.ts'
import type { ModelServer } from '../testing/model-server/model-server.ts'
import { startModelServer } from '../testing/model-server/start-model-server.ts'

/** What the directives in these tests, `[[…]]`, lead to is said by the model server and by the demo model alike. */
const tools: ToolSpec[] = ['get_weather', 'get_time'].map((name) => ({
  name,
  description: `Does ${name}.`,
  inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
}))

const says = (text: string) => textRequest(text, { tools })

/**
 * What every provider does in the same way, whoever answers. `open` gives the model to ask; it may or may not need the
 * server.
 */
export function describeAnswers(open: (server: ModelServer) => LanguageModel): void {
  describe('answers', () => {
    test('a text, what it used, and a last chunk', async () => {
      await using server = await startModelServer()
      const { chunks, error } = await ask(open(server), says('[[tokens 12]]'))
      expect(error).toBeUndefined()
      const [text] = chunks.filter((chunk) => chunk.type === 'text')
      expect(text?.text.match(/\S+/g)).toHaveLength(12)
      const usage = chunks.findLast((chunk) => chunk.type === 'usage')?.usage
      expect(usage).toMatchObject({ outputTokens: 12, cachedInputTokens: 0, reasoningTokens: 0 })
      expect(usage?.inputTokens).toBeGreaterThan(0)
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    })

    test('thoughts before the text', async () => {
      await using server = await startModelServer()
      const { chunks } = await ask(open(server), says('[[reasoning]] [[tokens 5]]'))
      const spoken = chunks.filter(({ type }) => type === 'reasoning' || type === 'text')
      expect(spoken.map(({ type }) => type)).toEqual(['reasoning', 'text'])
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    })

    test('a tool call', async () => {
      await using server = await startModelServer()
      const { chunks } = await ask(open(server), says('[[tool get_weather {"city":"Zürich \\"West\\""}]]'))
      const calls = chunks.filter((chunk) => chunk.type === 'tool_call')
      expect(calls).toMatchObject([{ name: 'get_weather', input: { city: 'Zürich "West"' } }])
      expect(calls[0]?.callId).not.toBe('')
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'tool_calls' })
    })

    test('parallel tool calls, in their order and with ids of their own', async () => {
      await using server = await startModelServer()
      const wanted = '[[tool get_weather {"city":"Bern"}]] [[tool get_time]] [[tool get_weather {"city":"Basel"}]]'
      const { chunks } = await ask(open(server), says(wanted))
      const calls = chunks.filter((chunk) => chunk.type === 'tool_call')
      expect(calls).toMatchObject([
        { name: 'get_weather', input: { city: 'Bern' } },
        { name: 'get_time', input: {} },
        { name: 'get_weather', input: { city: 'Basel' } },
      ])
      expect(new Set(calls.map(({ callId }) => callId)).size).toBe(3)
    })

    test('a second turn knows the results of the tools', async () => {
      await using server = await startModelServer()
      const model = open(server)
      const asked: ModelMessage = {
        role: 'user',
        parts: [{ type: 'text', text: '[[tool get_weather {"city":"Bern"}]] [[tool get_time]]' }],
      }
      const first = await ask(model, textRequest('', { messages: [asked], tools }))
      const calls = first.chunks.filter(
        (chunk): chunk is { type: 'tool_call' } & ToolCall => chunk.type === 'tool_call',
      )
      const [weather, time] = calls.map(({ callId, name }) => ({ callId, name }))
      if (!weather || !time) throw new Error('Both tools should have been called.')
      const messages: ModelMessage[] = [
        asked,
        { role: 'assistant', parts: [{ type: 'reasoning', text: 'Hm.' }, { type: 'text', text: 'I look.' }, ...calls] },
        {
          role: 'tool',
          results: [
            { ...weather, outcome: { ok: true, output: { sky: 'sunny' } } },
            { ...time, outcome: { ok: false, error: { code: 'TIMED_OUT', message: 'The clock is slow.' } } },
          ],
        },
      ]
      const second = await ask(model, textRequest('', { messages, tools }))
      const [text] = second.chunks.filter((chunk) => chunk.type === 'text')
      expect(text?.text).toContain('sunny')
      expect(text?.text).toContain('The clock is slow.')
      expect(second.chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    })

    test('an answer without a word is told as it is', async () => {
      await using server = await startModelServer()
      const { chunks, error } = await ask(open(server), says('[[empty]]'))
      expect(error).toBeUndefined()
      expect(chunks.map(({ type }) => type)).not.toContain('text')
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    })
  })

  describe('failures', () => {
    test.each([
      ['[[status 400]]', 'rejected_request', false],
      ['[[status 401]]', 'auth_failed', false],
      ['[[status 429]]', 'rate_limited', true],
      ['[[status 500]]', 'unavailable', true],
      ['[[status 529]]', 'overloaded', true],
    ])('%s is %s', async (directive, kind, retryable) => {
      await using server = await startModelServer()
      const { chunks, error } = await ask(open(server), says(directive))
      expect(chunks).toEqual([])
      expect(error).toMatchObject({ name: 'ModelError', kind, retryable })
    })

    test.each([0, 3])('a stream that is cut after %i tokens has failed', async (tokens) => {
      await using server = await startModelServer()
      const { chunks, error } = await ask(open(server), says(`[[tokens 20]] [[cut ${tokens}]]`))
      const said = chunks.flatMap((chunk) => (chunk.type === 'text' ? (chunk.text.match(/\S+/g) ?? []) : []))
      expect(said).toHaveLength(tokens)
      expect(chunks.map(({ type }) => type)).not.toContain('finish')
      expect(error).toMatchObject({ kind: 'stream_cut', retryable: true })
    })
  })

  describe('an abort', () => {
    const reason = new Error('stopped by a person')

    test('before the question throws its reason', async () => {
      await using server = await startModelServer()
      await expect(ask(open(server), says('Hello'), AbortSignal.abort(reason))).rejects.toBe(reason)
      expect(server.requests).toEqual([])
    })

    test('before the answer throws its reason', async () => {
      await using server = await startModelServer()
      const stop = new AbortController()
      const answer = ask(open(server), says('[[stall]]'), stop.signal)
      setTimeout(() => stop.abort(reason), 20)
      await expect(answer).rejects.toBe(reason)
    })

    test('in the middle throws its reason', async () => {
      await using server = await startModelServer()
      const stop = new AbortController()
      const listen = async () => {
        for await (const chunk of open(server).stream(says('[[tokens 5000]] [[pace 5]]'), stop)) {
          if (chunk.type === 'text') stop.abort(reason)
        }
      }
      await expect(listen()).rejects.toBe(reason)
    })
  })
}
