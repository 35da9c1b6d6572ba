import type { ExecutionEvent } from '@kickstartmyai/contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Credentials } from './credentials.ts'
import { followExecution } from './execution-stream.ts'
import type { FollowOptions } from './follow-options.ts'
import type { StreamDeps } from './one-connection.ts'
import { realTiming } from './timing.ts'
import { manualTiming } from './testing/manual-timing.ts'
import { completed, deltas, eventStream, frame, refusal } from './testing/played-server.ts'

const never = <Value>() => new Promise<Value>(() => {})
const noToken: Credentials = { token: async () => null, renew: async () => false }

/** Follows through a fetch that knows nothing of signals, as an app's own handler that is called in its process. */
function follow(answers: (() => Response)[], deps: Partial<StreamDeps> = {}, options: FollowOptions = {}) {
  const timing = manualTiming()
  let calls = 0
  const fetch = async () => answers[calls++]?.() ?? never<Response>()
  const events = followExecution(
    { fetch, url: 'http://api/events', headers: {}, credentials: noToken, timing, getExecution: never, ...deps },
    options,
  )
  return { events, timing, calls: () => calls }
}

const stream = (events: readonly ExecutionEvent[], end: 'close' | 'cut' | 'open') => () =>
  eventStream(events.map(frame), end)

describe('a fetch that does not heed its signal', () => {
  test('is left when the signal aborts', async () => {
    const gone = new AbortController()
    const { events } = follow([stream(deltas(1, 1), 'open')], {}, { signal: gone.signal })
    await events.next()
    const next = events.next()
    gone.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')
  })

  test('is left when it is silent', async () => {
    const { events, timing, calls } = follow([stream(deltas(1, 1), 'open'), stream([completed(2)], 'open')])
    await events.next()
    const next = events.next()
    await vi.waitFor(() => expect(timing.pending()).toBe(1))
    timing.fire()
    expect((await next).value).toMatchObject({ seq: 2 })
    expect(calls()).toBe(2)
  })

  test('has its body let go when the reader stops', async () => {
    const cancel = vi.fn()
    const text = deltas(1, 2).map(frame).join('')
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
      cancel,
    })
    const { events } = follow([() => new Response(body, { headers: { 'content-type': 'text/event-stream' } })])
    for await (const { seq } of events) if (seq === 1) break
    expect(cancel).toHaveBeenCalledOnce()
  })
})

describe('a server that is stuck', () => {
  test('in renewing a token does not keep a reader that leaves', async () => {
    const gone = new AbortController()
    const renew = vi.fn(() => never<boolean>())
    const credentials = { token: async () => 'old', renew }
    const { events } = follow([() => refusal(401, 'TOKEN_EXPIRED')], { credentials }, { signal: gone.signal })
    const next = events.next()
    await vi.waitFor(() => expect(renew).toHaveBeenCalled())
    gone.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')
  })

  test('in saying how the execution stands is called again', async () => {
    const getExecution = vi.fn(() => never<{ status: 'running'; lastSeq: number }>())
    const answers = [stream([], 'close'), stream([completed(1)], 'open')]
    const { events, timing } = follow(answers, { getExecution })
    const next = events.next()
    await vi.waitFor(() => expect(getExecution).toHaveBeenCalled())
    timing.fire()
    expect((await next).value).toMatchObject({ seq: 1 })
  })
})

describe('a machine that slept', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  /** Timers stand still while the clock goes on. */
  const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms)
  const hour = 3_600_000

  test('has a socket that is dead without knowing, and calls again as soon as it wakes', async () => {
    const answers = [stream(deltas(1, 1), 'open'), stream([completed(2)], 'open')]
    const { events, calls } = follow(answers, { timing: realTiming })
    await events.next()
    const next = events.next()
    await vi.advanceTimersByTimeAsync(10_000)
    sleep(hour)
    expect(calls()).toBe(1)
    // The watchdog looks at the clock within two seconds, and the first try is made within half a second.
    await vi.advanceTimersByTimeAsync(2500)
    expect((await next).value).toMatchObject({ seq: 2 })
    expect(calls()).toBe(2)
  })

  test('in a pause between two tries does not wait for the rest of it', async () => {
    const answers = [() => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 600 }), stream([completed(1)], 'open')]
    const { events, calls } = follow(answers, { timing: realTiming })
    const next = events.next()
    await vi.advanceTimersByTimeAsync(5000)
    sleep(hour)
    await vi.advanceTimersByTimeAsync(2000)
    expect((await next).value).toMatchObject({ seq: 1 })
    expect(calls()).toBe(2)
  })

  test('for a moment keeps a connection that still speaks', async () => {
    const pings = new TransformStream<Uint8Array, Uint8Array>()
    const writer = pings.writable.getWriter()
    const speak = (text: string) => writer.write(new TextEncoder().encode(text))
    const open = () => new Response(pings.readable, { headers: { 'content-type': 'text/event-stream' } })
    const { events, calls } = follow([open], { timing: realTiming })
    const next = events.next()
    for (let round = 0; round < 20; round += 1) {
      sleep(30_000)
      await vi.advanceTimersByTimeAsync(2000)
      await speak(': ping\n\n')
    }
    await speak(frame(completed(1)))
    expect((await next).value).toMatchObject({ seq: 1 })
    expect(calls()).toBe(1)
  })
})

describe('a browser that believes itself offline', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('still asks, seldom: the server may be on the same machine', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const { events, timing } = follow([stream(deltas(1, 1), 'cut'), stream([completed(2)], 'open')])
    await events.next()
    expect((await events.next()).value).toMatchObject({ seq: 2 })
    expect(timing.waits).toContain(10_000)
  })

  test('does not give up, and counts from nothing once it is online', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    let calls = 0
    const fetch = async () => {
      calls += 1
      if (calls === 30) vi.stubGlobal('navigator', { onLine: true })
      throw new TypeError('fetch failed')
    }
    const { events } = follow([], { fetch }, { maxRetries: 2 })
    await expect(events.next()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(calls).toBe(32)
  })

  test('does not give up when it had failed often enough before', async () => {
    let calls = 0
    const fetch = async () => {
      calls += 1
      if (calls === 3) vi.stubGlobal('navigator', { onLine: false })
      if (calls === 5) return eventStream([frame(completed(1))], 'open')
      throw new TypeError('fetch failed')
    }
    const { events } = follow([], { fetch }, { maxRetries: 2 })
    expect((await events.next()).value).toMatchObject({ seq: 1 })
  })
})
