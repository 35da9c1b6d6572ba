import { describe, expect, test, vi } from 'vitest'
import type { ModelServer } from './model-server.ts'
import { startModelServer } from './start-model-server.ts'

const inputs = {
  '/v1/responses': (said: string) => ({ input: said }),
  '/v1/chat/completions': (said: string) => ({ messages: [{ role: 'user', content: said }] }),
  '/v1/messages': (said: string) => ({ max_tokens: 1000, messages: [{ role: 'user', content: said }] }),
}
const paths = Object.keys(inputs) as (keyof typeof inputs)[]

function ask(server: ModelServer, path: keyof typeof inputs, said: string, { stream = true, signal = never() } = {}) {
  const body = JSON.stringify({ model: 'any', stream, ...inputs[path](said) })
  return fetch(server.url + path, { method: 'POST', body, signal })
}
const never = () => new AbortController().signal

/** All that came until the body ended or broke off. */
async function readAll(response: Response): Promise<{ text: string; pieces: number; broke: boolean }> {
  const decoder = new TextDecoder()
  let text = ''
  let pieces = 0
  try {
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece, { stream: true })
      pieces += 1
    }
  } catch {
    return { text, pieces, broke: true }
  }
  return { text, pieces, broke: false }
}

const terminal = /response\.completed|\[DONE\]|message_stop/
const words = (text: string) => text.match(/"(?:delta|text|content)":" ?[A-Za-z]+"/g)?.length ?? 0

describe.each(paths)('%s', (path) => {
  test.each([
    ['[[status 401]]', 401],
    ['[[status 429]]', 429],
    ['[[status 500]]', 500],
    ['[[status 529]]', 529],
    ['[[overflow]]', 400],
    ['[[quota]]', path === '/v1/messages' ? 402 : 429],
  ])('%s is refused with a message in JSON', async (said, status) => {
    await using server = await startModelServer()
    const response = await ask(server, path, said)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { type: expect.any(String), message: expect.any(String) } })
    expect(server.requests).toMatchObject([{ status, tokensWritten: 0, usage: null, closedByClientAt: null }])
  })

  test('times: refused so often, answered, and refused again when it is asked anew', async () => {
    await using server = await startModelServer()
    const statuses: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const response = await ask(server, path, '[[status 429 retry-after=2 times=2]]')
      statuses.push(response.status)
      expect(response.headers.get('retry-after')).toBe(response.ok ? null : '2')
      await response.text()
    }
    expect(statuses).toEqual([429, 429, 200, 429, 429, 200])
  })

  test('cut: the connection breaks after so many tokens', async () => {
    await using server = await startModelServer()
    const { text, broke } = await readAll(await ask(server, path, '[[cut 3]]'))
    expect(broke).toBe(true)
    expect(words(text)).toBe(3)
    expect(text).not.toMatch(terminal)
    await vi.waitFor(() => expect(server.openRequests).toBe(0))
    expect(server.requests).toMatchObject([{ tokensWritten: 3, closedByClientAt: null }])
  })

  test('stamps: each token is the time at which it was written', async () => {
    await using server = await startModelServer()
    const before = Date.now() * 1000
    const { text } = await readAll(await ask(server, path, '[[tokens 3]] [[pace 5]] [[stamps]]'))
    const times = [...text.matchAll(/\d{16}/g)].slice(0, 3).map(Number)
    expect(times).toHaveLength(3)
    expect(times[0]).toBeGreaterThan(before - 5000)
    expect(times.toSorted((a, b) => a - b)).toEqual(times)
    expect(text).not.toContain('time-of-sending')
  })

  test('cut beyond the end: all tokens, and no word of the end', async () => {
    await using server = await startModelServer()
    const { text, broke } = await readAll(await ask(server, path, '[[tokens 5]] [[cut 50]]'))
    expect(broke).toBe(true)
    expect(words(text)).toBe(5)
    expect(text).not.toMatch(terminal)
  })

  test('error-event: the stream tells of it and ends without its terminal event', async () => {
    await using server = await startModelServer()
    const { text, broke } = await readAll(await ask(server, path, '[[error-event 3]]'))
    expect(broke).toBe(false)
    expect(words(text)).toBe(3)
    expect(text).toContain('"error":{')
    expect(text).not.toMatch(terminal)
  })

  test('malformed: one event is no JSON, the others are', async () => {
    await using server = await startModelServer()
    const { text } = await readAll(await ask(server, path, '[[malformed 3]]'))
    const isJson = (data: string) => {
      try {
        return JSON.parse(data) !== undefined
      } catch {
        return data === '[DONE]'
      }
    }
    const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => json)
    expect(data.filter((json) => !isJson(json))).toHaveLength(1)
    expect(text).toMatch(terminal)
  })

  test('stall: silence, until the client leaves, which is noticed', async () => {
    await using server = await startModelServer()
    const leave = new AbortController()
    const response = await ask(server, path, '[[stall after 3]]', { signal: leave.signal })
    const reading = readAll(response)
    await vi.waitFor(() => expect(server.requests[0]?.tokensWritten).toBe(3))
    expect(server.openRequests).toBe(1)
    leave.abort()
    expect((await reading).broke).toBe(true)
    await vi.waitFor(() => expect(server.openRequests).toBe(0))
    expect(server.requests[0]?.closedByClientAt).toBeLessThanOrEqual(Date.now())
  })

  test('stall before: not even headers', async () => {
    await using server = await startModelServer()
    const leave = new AbortController()
    const asking = ask(server, path, '[[stall before]]', { signal: leave.signal })
    await vi.waitFor(() => expect(server.requests).toMatchObject([{ status: null }]))
    leave.abort()
    await expect(asking).rejects.toThrow('aborted')
    await vi.waitFor(() => expect(server.requests[0]?.closedByClientAt).not.toBeNull())
  })

  test('empty: complete, with nothing in it', async () => {
    await using server = await startModelServer()
    const { text } = await readAll(await ask(server, path, '[[empty]]'))
    expect(text).toMatch(terminal)
    expect(words(text)).toBe(0)
    expect(server.requests[0]?.tokensWritten).toBe(0)
  })

  test('split: characters arrive in pieces and are whole in the end', async () => {
    await using server = await startModelServer()
    const plain = await readAll(await ask(server, path, '[[say ok]]'))
    const { text, pieces } = await readAll(await ask(server, path, '[[split]]'))
    expect(text).toContain('👩‍🚀')
    expect(text).not.toContain('�')
    expect(pieces).toBeGreaterThan(plain.pieces + 20)
  })

  test('unknown-events: between the tokens stands what no client knows', async () => {
    await using server = await startModelServer()
    const { text } = await readAll(await ask(server, path, '[[tokens 3]] [[unknown-events]]'))
    expect(text.match(/"mood":\{/g)).toHaveLength(3)
    expect(text.match(/^: /gm)).toHaveLength(3)
    expect(words(text)).toBe(3)
  })

  test.each([
    ['[[cut 3]]', 'breaks'],
    ['[[malformed 3]]', 'no JSON'],
    ['[[error-event 3]]', 500],
  ])('without streaming: %s', async (said, outcome) => {
    await using server = await startModelServer()
    const response = await ask(server, path, said, { stream: false })
    if (outcome === 500) {
      expect(response.status).toBe(500)
      return
    }
    const { text, broke } = await readAll(response)
    expect(broke).toBe(outcome === 'breaks')
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
  })
})
