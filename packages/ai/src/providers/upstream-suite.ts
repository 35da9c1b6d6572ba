import { describe, expect, test, vi } from 'vitest'
import type { LanguageModel } from '../model/language-model.ts'
import type { ToolSpec } from '../model/request.ts'
import { withIdleTimeout } from '../reliability/with-idle-timeout.ts'
import { withRetry } from '../reliability/with-retry.ts'
import { ask, textRequest } from '../testing/ask.ts'
import type { ModelServer } from '../testing/model-server/model-server.ts'
import { startModelServer } from '../testing/model-server/start-model-server.ts'

const tools: ToolSpec[] = [{ name: 'get_weather', description: 'The weather.', inputSchema: { type: 'object' } }]

const manyBytes = 'Grüße aus Zürich — 你好，世界! 👩‍🚀 Ελλάδα 🎉 żółć 🇨🇭 done.'

/** What every provider does that asks a server over the network. `open` gives a model of the server, with this key. */
export function describeUpstream(open: (server: ModelServer, apiKey: string) => LanguageModel): void {
  const apiKey = 'key-that-nobody-may-see'

  /** Asks a server of its own and gives what the model told and what the server saw. */
  async function question(text: string, wrap = (model: LanguageModel) => model) {
    await using server = await startModelServer()
    const answer = await ask(wrap(open(server, apiKey)), textRequest(text, { tools }))
    await vi.waitFor(() => expect(server.openRequests).toBe(0))
    return { ...answer, requests: server.requests, text: answer.chunks.find((chunk) => chunk.type === 'text')?.text }
  }

  describe('what the server sends', () => {
    test('usage is told as the server told it', async () => {
      const { chunks, requests } = await question('[[reasoning]] [[tokens 30]]')
      const usage = chunks.findLast((chunk) => chunk.type === 'usage')?.usage
      expect(usage).toEqual({ ...requests[0]?.usage, cachedInputTokens: 0 })
      expect(usage?.reasoningTokens).toBeGreaterThan(0)
    })

    test('usage that was told before a failure is told', async () => {
      const { chunks, error, requests } = await question('[[tokens 30]] [[cut 5]]')
      expect(error?.kind).toBe('stream_cut')
      const told = requests[0]?.usage
      expect(chunks.findLast((chunk) => chunk.type === 'usage')?.usage).toEqual(
        told ? { ...told, cachedInputTokens: 0 } : undefined,
      )
    })

    test('a limit on the output', async () => {
      await using server = await startModelServer()
      const request = textRequest('[[tokens 30]]', { maxOutputTokens: 7 })
      const { chunks } = await ask(open(server, apiKey), request)
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'length' })
    })

    test('a refusal is called one, with or without words', async () => {
      const { chunks, error } = await question('[[refuse]]')
      expect(error).toBeUndefined()
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'refusal' })
    })

    test('characters that are torn between packets', async () => {
      expect((await question('[[split]]')).text).toBe(manyBytes)
    })

    test('events that nobody knows break nothing', async () => {
      const { text, chunks, error } = await question('[[unknown-events]] [[tokens 10]]')
      expect(text?.match(/\S+/g)).toHaveLength(10)
      expect(error).toBeUndefined()
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'stop' })
    })

    test('the input of a call that is no JSON is handed on as it is', async () => {
      await using server = await startModelServer()
      server.script({ calls: [{ name: 'get_weather', input: '{"city": Bern' }] })
      const { chunks } = await ask(open(server, apiKey), textRequest('Hello', { tools }))
      expect(chunks).toContainEqual(
        expect.objectContaining({ name: 'get_weather', input: null, invalidInput: '{"city": Bern' }),
      )
    })

    test('many answers at a time are kept apart', async () => {
      await using server = await startModelServer({ paceMs: 1 })
      const model = open(server, apiKey)
      const lengths = Array.from({ length: 40 }, (_, index) => index + 1)
      const answers = await Promise.all(lengths.map((length) => ask(model, textRequest(`[[tokens ${length}]]`))))
      const told = answers.map(
        ({ chunks }) => chunks.find((chunk) => chunk.type === 'text')?.text.match(/\S+/g)?.length,
      )
      expect(told).toEqual(lengths)
    })
  })

  describe('failures of the server', () => {
    test.each([
      ['[[quota]]', 'quota_exceeded', false],
      ['[[overflow]]', 'context_overflow', false],
      ['[[status 403]]', 'auth_failed', false],
      ['[[status 404]]', 'rejected_request', false],
      ['[[status 502]]', 'unavailable', true],
      ['[[status 503]]', 'overloaded', true],
      ['[[status 504]]', 'unavailable', true],
    ])('%s is %s', async (directive, kind, retryable) => {
      const { chunks, error, requests } = await question(directive)
      expect(chunks).toEqual([])
      expect(error).toMatchObject({ name: 'ModelError', kind, retryable })
      expect(error?.status).toBe(requests[0]?.status)
      expect(error?.message).not.toContain(apiKey)
      expect(requests).toHaveLength(1)
    })

    test('the wait that it asks for is told', async () => {
      const { error } = await question('[[status 429 retry-after=3]]')
      expect(error).toMatchObject({ kind: 'rate_limited', retryable: true, retryAfterMs: 3000 })
    })

    test.each([0, 3])('an error event after %i tokens is a failure', async (tokens) => {
      const { text, chunks, error } = await question(`[[tokens 20]] [[error-event ${tokens}]]`)
      expect(text?.match(/\S+/g)?.length ?? 0).toBe(tokens)
      expect(chunks.map(({ type }) => type)).not.toContain('finish')
      expect(['unavailable', 'overloaded']).toContain(error?.kind)
      expect(error?.retryable).toBe(true)
    })

    test('an event that is no JSON is a failure, after what came before it', async () => {
      const { text, error } = await question('[[tokens 20]] [[malformed 4]]')
      expect(text?.match(/\S+/g)).toHaveLength(4)
      expect(error).toMatchObject({ kind: 'malformed', retryable: true })
    })

    test.each(['[[stall]]', '[[tokens 20]] [[stall after 3]]'])(
      '%s is noticed, and the socket is closed',
      async (stall) => {
        const { error, requests } = await question(stall, (model) => withIdleTimeout(model, { idleMs: 60 }))
        expect(error).toMatchObject({ kind: 'stalled', retryable: true })
        expect(requests[0]?.closedByClientAt).not.toBeNull()
      },
    )

    test('a failure that passes is got over', async () => {
      const retry = (model: LanguageModel) => withRetry(model, { firstPauseMs: 1 })
      const { text, error, requests } = await question('[[status 529 times=2]] [[tokens 6]]', retry)
      expect(error).toBeUndefined()
      expect(text?.match(/\S+/g)).toHaveLength(6)
      expect(requests.map(({ status }) => status)).toEqual([529, 529, 200])
    })
  })

  describe('the connection', () => {
    test.each([
      ['an abort', (stop: AbortController) => stop.abort()],
      ['a reader that leaves', () => {}],
    ])('%s closes it', async (_who, act) => {
      await using server = await startModelServer()
      const stop = new AbortController()
      const listen = async () => {
        for await (const chunk of open(server, apiKey).stream(textRequest('[[tokens 5000]] [[pace 5]]'), stop)) {
          if (chunk.type !== 'text') continue
          act(stop)
          return
        }
      }
      await listen()
      await vi.waitFor(() => expect(server.openRequests).toBe(0))
      expect(server.requests[0]?.closedByClientAt).not.toBeNull()
      expect(server.requests[0]?.tokensWritten).toBeLessThan(5000)
    })

    test('an abort closes it while nobody reads', async () => {
      await using server = await startModelServer()
      const stop = new AbortController()
      const stream = open(server, apiKey).stream(textRequest('[[tokens 5000]] [[pace 5]]'), stop)
      const iterator = stream[Symbol.asyncIterator]()
      await iterator.next()
      stop.abort()
      await vi.waitFor(() => expect(server.openRequests).toBe(0))
      await expect(iterator.next()).rejects.toBe(stop.signal.reason)
    })

    test('the key goes into a header and nowhere else', async () => {
      const { requests } = await question('Hello')
      const [request] = requests
      expect(Object.values(request?.headers ?? {}).join('\n')).toContain(apiKey)
      expect(`${request?.path} ${JSON.stringify(request?.body)}`).not.toContain(apiKey)
    })
  })
}
