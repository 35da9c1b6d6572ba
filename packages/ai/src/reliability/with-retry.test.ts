import { describe, expect, test } from 'vitest'
import type { ModelChunk } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import { ask, textRequest } from '../testing/ask.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { type RetryOptions, withRetry } from './with-retry.ts'

const says: ModelChunk[] = [
  { type: 'text', text: 'Hello' },
  { type: 'finish', reason: 'stop' },
]
const overloaded = new ModelError('overloaded', 'busy', { retryable: true })

/** A clock that stands still except for the pauses, which it writes down. */
function fakeTime(more: RetryOptions = {}) {
  let time = 0
  const pauses: number[] = []
  const sleep = async (ms: number) => {
    pauses.push(ms)
    time += ms
  }
  return { pauses, options: { sleep, now: () => time, random: () => 1, ...more } }
}

test('a model that answers is asked once', async () => {
  const model = scriptedModel(says)
  const { pauses, options } = fakeTime()
  expect(await ask(withRetry(model, options))).toEqual({ chunks: says, error: undefined })
  expect(pauses).toEqual([])
})

test('a model that fails before it says anything is asked again, after pauses that double', async () => {
  const model = scriptedModel([overloaded], [overloaded], [overloaded], says)
  const { pauses, options } = fakeTime()
  expect(await ask(withRetry(model, options))).toEqual({ chunks: says, error: undefined })
  expect(pauses).toEqual([1000, 2000, 4000])
})

test('at its luckiest a pause is half as long', async () => {
  const { pauses, options } = fakeTime({ random: () => 0 })
  await ask(withRetry(scriptedModel([overloaded], [overloaded], says), options))
  expect(pauses).toEqual([500, 1000])
})

test('after four tries the last error is told', async () => {
  const last = new ModelError('unavailable', 'gone', { retryable: true })
  const model = scriptedModel([overloaded], [overloaded], [overloaded], [last])
  expect((await ask(withRetry(model, fakeTime().options))).error).toBe(last)
  expect(model.asked).toBe(4)
})

describe('what the vendor asks for', () => {
  const limited = (retryAfterMs: number) => new ModelError('rate_limited', 'slow', { retryable: true, retryAfterMs })

  test('is the least pause, and up to a tenth is added', async () => {
    const lucky = fakeTime({ random: () => 0 })
    await ask(withRetry(scriptedModel([limited(7000)], says), lucky.options))
    const unlucky = fakeTime()
    await ask(withRetry(scriptedModel([limited(7000)], says), unlucky.options))
    expect([...lucky.pauses, ...unlucky.pauses]).toEqual([7000, 7700])
  })

  test('does not shorten a pause', async () => {
    const { pauses, options } = fakeTime()
    await ask(withRetry(scriptedModel([limited(10)], says), options))
    expect(pauses).toEqual([1000])
  })

  test('is told at once when it is too long to wait for', async () => {
    const error = limited(61_000)
    const { pauses, options } = fakeTime()
    expect((await ask(withRetry(scriptedModel([error]), options))).error).toBe(error)
    expect(pauses).toEqual([])
  })
})

test('no try begins after the total time, tries that take long included', async () => {
  const model = scriptedModel([overloaded], [overloaded])
  const times = [0, 58_500, 59_800]
  const { pauses, options } = fakeTime({ now: () => times.shift() ?? Infinity })
  expect((await ask(withRetry(model, options))).error).toBe(overloaded)
  expect(pauses).toEqual([1000])
})

test.each(['text', 'reasoning'] as const)('a model that has told %s is not asked again', async (type) => {
  const model = scriptedModel([{ type, text: 'Hel' }, overloaded])
  const answer = await ask(withRetry(model, fakeTime().options))
  expect(answer).toEqual({ chunks: [{ type, text: 'Hel' }], error: overloaded })
  expect(model.asked).toBe(1)
})

test('a sign of life is not a word', async () => {
  const model = scriptedModel([{ type: 'alive' }, overloaded], says)
  expect(await ask(withRetry(model, fakeTime().options))).toEqual({ chunks: says, error: undefined })
})

test('an error that is not retryable is told at once', async () => {
  const refused = new ModelError('auth_failed', 'no')
  const model = scriptedModel([refused])
  expect((await ask(withRetry(model, fakeTime().options))).error).toBe(refused)
})

test('an error that is no ModelError is thrown at once', async () => {
  const bug = new RangeError('a bug')
  await expect(ask(withRetry(scriptedModel([bug]), fakeTime().options))).rejects.toBe(bug)
})

test('what failed tries used is counted', async () => {
  const usage = (inputTokens: number, outputTokens: number): ModelChunk => ({
    type: 'usage',
    usage: { inputTokens, outputTokens, cachedInputTokens: 1, reasoningTokens: 0 },
  })
  const model = scriptedModel([usage(10, 1), overloaded], [overloaded], [usage(10, 1), ...says, usage(10, 5)])
  const { chunks } = await ask(withRetry(model, fakeTime().options))
  expect(chunks.filter(({ type }) => type === 'usage')).toEqual([
    usage(10, 1),
    { type: 'usage', usage: { inputTokens: 20, outputTokens: 2, cachedInputTokens: 2, reasoningTokens: 0 } },
    { type: 'usage', usage: { inputTokens: 20, outputTokens: 6, cachedInputTokens: 2, reasoningTokens: 0 } },
  ])
})

test('an abort ends a pause at once, with its reason', async () => {
  const stop = new AbortController()
  const reason = new Error('stopped by a person')
  const model = scriptedModel([overloaded])
  // The real sleep, with a pause that no test would live to see the end of.
  const stream = withRetry(model, { firstPauseMs: 10_000_000, totalMs: Infinity }).stream(textRequest('Hello'), stop)
  const next = stream[Symbol.asyncIterator]().next()
  setImmediate(() => stop.abort(reason))
  await expect(next).rejects.toBe(reason)
  expect(model.asked).toBe(1)
})
