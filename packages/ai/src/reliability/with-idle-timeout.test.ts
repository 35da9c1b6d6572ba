import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ModelChunk } from '../model/chunk.ts'
import type { LanguageModel } from '../model/language-model.ts'
import { textRequest } from '../testing/ask.ts'
import { withIdleTimeout } from './with-idle-timeout.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const text: ModelChunk = { type: 'text', text: 'x' }

/** A model that says something after each of the pauses (ms), then ends; `signal` is the one that it was given. */
function slowModel(...pauses: number[]): LanguageModel & { signal?: AbortSignal; closed: boolean } {
  return {
    provider: 'slow',
    id: 'slow',
    closed: false,
    async *stream(_request, { signal }) {
      this.signal = signal
      try {
        for (const ms of pauses) {
          signal.throwIfAborted()
          await new Promise((resolve, reject) => {
            setTimeout(resolve, ms)
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
          })
          yield text
        }
      } finally {
        this.closed = true
      }
    },
  }
}

function open(model: LanguageModel, signal = new AbortController().signal) {
  return withIdleTimeout(model, { idleMs: 1000 }).stream(textRequest('Hello'), { signal })[Symbol.asyncIterator]()
}

test('a model that keeps talking may take as long as it likes', async () => {
  const stream = open(slowModel(999, 999, 999, 999))
  for (let chunk = 0; chunk < 4; chunk += 1) {
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(999)
    expect(await next).toEqual({ done: false, value: text })
  }
  expect(await stream.next()).toEqual({ done: true, value: undefined })
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['before its first word', [1001]],
  ['in the middle', [10, 1001]],
])('a model that is silent %s has stalled, and its upstream is closed', async (_when, pauses) => {
  const model = slowModel(...pauses)
  const stream = open(model)
  for (const ms of pauses.slice(0, -1)) {
    const next = stream.next()
    await vi.advanceTimersByTimeAsync(ms)
    await next
  }
  const [failure] = await Promise.all([
    stream.next().catch((error: unknown) => error),
    vi.advanceTimersByTimeAsync(1000),
  ])
  expect(failure).toMatchObject({ name: 'ModelError', kind: 'stalled', retryable: true })
  expect(model.signal?.aborted).toBe(true)
  expect(model.closed).toBe(true)
})

test('the time that the reader takes does not count', async () => {
  const stream = open(slowModel(10, 990))
  const first = stream.next()
  await vi.advanceTimersByTimeAsync(10)
  await first
  await vi.advanceTimersByTimeAsync(5000)
  const second = stream.next()
  await vi.advanceTimersByTimeAsync(990)
  expect(await second).toEqual({ done: false, value: text })
})

test('an abort closes the upstream and throws its own reason', async () => {
  const stop = new AbortController()
  const reason = new Error('stopped by a person')
  const model = slowModel(500)
  const next = open(model, stop.signal).next()
  stop.abort(reason)
  await expect(next).rejects.toBe(reason)
  expect(model.signal?.aborted).toBe(true)
})

test('a reader that leaves closes the upstream and leaves no timer', async () => {
  const model = slowModel(10, 10)
  const stream = open(model)
  const first = stream.next()
  await vi.advanceTimersByTimeAsync(10)
  await first
  await stream.return?.()
  expect(model.closed).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
