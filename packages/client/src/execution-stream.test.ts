import type { ExecutionEvent } from '@kickstartmyai/contract'
import { describe, expect, test, vi } from 'vitest'
import type { Credentials } from './credentials.ts'
import { followExecution } from './execution-stream.ts'
import type { FollowOptions, StreamState } from './follow-options.ts'
import type { StreamDeps } from './one-connection.ts'
import { manualTiming } from './testing/manual-timing.ts'
import {
  completed,
  deltas,
  eventStream,
  frame,
  type PlayedRequest,
  playServer,
  refusal,
} from './testing/played-server.ts'

const noToken: Credentials = { token: async () => null, renew: async () => false }

/** Follows against played answers, one a connection. */
function follow(
  answers: ((request: PlayedRequest) => Response | Error)[],
  options: FollowOptions = {},
  credentials = noToken,
) {
  const server = playServer((request, index) => answers[index]?.(request) ?? new TypeError('fetch failed'))
  const timing = manualTiming()
  const states: StreamState[] = []
  const getExecution = vi.fn<StreamDeps['getExecution']>(async () => ({ status: 'running', lastSeq: 99 }))
  const events = followExecution(
    { fetch: server.fetch, url: 'http://api/events', headers: {}, credentials, timing, getExecution },
    { onStateChange: (state) => states.push(state), ...options },
  )
  return { ...server, timing, states, getExecution, events }
}

const stream =
  (events: readonly ExecutionEvent[], end: 'close' | 'cut' | 'open' = 'close') =>
  ({ signal }: PlayedRequest) =>
    eventStream(events.map(frame), end, signal)

async function all(events: AsyncIterable<ExecutionEvent>): Promise<number[]> {
  const seqs: number[] = []
  for await (const { seq } of events) seqs.push(seq)
  return seqs
}
const asked = (requests: PlayedRequest[]) => requests.map(({ query }) => query.get('lastEventId'))

describe('an event stream', () => {
  test('gives the events and ends after the terminal one', async () => {
    const { events, states, requests } = follow([stream([...deltas(1, 3), completed(4)], 'open')])
    expect(await all(events)).toEqual([1, 2, 3, 4])
    expect(states).toEqual(['connecting', 'live'])
    expect(requests[0]?.signal?.aborted).toBe(true)
  })

  test('is taken up after the last event when it is cut, whichever way', async () => {
    const { events, requests, states } = follow([
      stream(deltas(1, 2), 'cut'),
      stream(deltas(3, 3), 'close'),
      () => new TypeError('fetch failed'),
      () => refusal(503, 'UNAVAILABLE'),
      () => new Response('<html>Bad gateway</html>', { status: 502 }),
      stream([...deltas(4, 5), completed(6)]),
    ])
    expect(await all(events)).toEqual([1, 2, 3, 4, 5, 6])
    expect(asked(requests)).toEqual(['0', '2', '3', '3', '3', '3'])
    expect(states.filter((state) => state === 'live')).toHaveLength(3)
  })

  test('begins after the event that one has', async () => {
    const { events, requests } = follow([stream([...deltas(8, 9), completed(10)])], { lastEventId: 7 })
    expect(await all(events)).toEqual([8, 9, 10])
    expect(asked(requests)).toEqual(['7'])
  })

  test('never repeats an event and never passes over one', async () => {
    const { events, requests } = follow([
      stream([...deltas(1, 4), ...deltas(2, 5), ...deltas(7, 8)], 'open'),
      stream([...deltas(3, 8), completed(9)]),
    ])
    expect(await all(events)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(asked(requests)).toEqual(['0', '5'])
  })

  test('is over when it closes at once and the execution has ended with what one has', async () => {
    const { events, getExecution } = follow([stream([])], { lastEventId: 12 })
    getExecution.mockResolvedValue({ status: 'completed', lastSeq: 12 })
    expect(await all(events)).toEqual([])
  })

  test('goes on when it closes at once, while there is something to come', async () => {
    const { events, getExecution } = follow([stream([]), stream([]), stream([completed(13)])], { lastEventId: 12 })
    getExecution.mockResolvedValueOnce({ status: 'running', lastSeq: 12 })
    getExecution.mockResolvedValueOnce({ status: 'completed', lastSeq: 13 })
    expect(await all(events)).toEqual([13])
  })

  test('that waited for what comes and was then closed by its server is taken up again when the server said', async () => {
    const drained = () => eventStream(['retry: 700\n\n', ': ping\n\n', 'retry: 1234\n\n'], 'close')
    const { events, getExecution, timing } = follow([drained, stream([completed(1)])])
    expect(await all(events)).toEqual([1])
    expect(getExecution).not.toHaveBeenCalled()
    expect(timing.waits.filter((ms) => ms !== 45_000)).toEqual([1234])
  })

  test('counts failures anew after each sign of life, and keeps to the pause that the server asks for', async () => {
    const { events, timing } = follow(
      [
        () => eventStream(['retry: 2000\n\n', frame(deltas(1, 1)[0] as ExecutionEvent)], 'cut'),
        () => eventStream([': ping\n\n'], 'cut'),
        stream(deltas(2, 2), 'cut'),
        () => new TypeError('fetch failed'),
        stream([completed(3)]),
      ],
      { maxRetries: 2 },
    )
    expect(await all(events)).toEqual([1, 2, 3])
    expect(timing.waits.filter((ms) => ms !== 45_000)).toEqual([2000, 2000, 2000, 3000])
    expect(timing.pending()).toBe(0)
  })

  test('reads characters that were cut in two, and frames that were cut anywhere', async () => {
    const bytes = new TextEncoder().encode(
      frame({ type: 'text.delta', text: 'naïve 🚀', seq: 1 }) + frame(completed(2)),
    )
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
    const { events } = follow([() => eventStream(pieces, 'close')])
    expect((await events.next()).value).toEqual({ type: 'text.delta', text: 'naïve 🚀', seq: 1 })
    expect(await all(events)).toEqual([2])
  })

  test('takes a page or garbage in the place of events for a failure', async () => {
    const { events } = follow([
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      () => eventStream(['data: {"half":\n\n'], 'open'),
      stream([completed(1)]),
    ])
    expect(await all(events)).toEqual([1])
  })

  test('hangs up a connection that is silent and calls again', async () => {
    const { events, timing, requests } = follow([stream(deltas(1, 1), 'open'), stream([completed(2)])])
    const first = await events.next()
    expect(first.value).toMatchObject({ seq: 1 })
    const second = events.next()
    await vi.waitFor(() => expect(timing.waits.filter((ms) => ms === 45_000)).toHaveLength(3))
    timing.fire()
    expect((await second).value).toMatchObject({ seq: 2 })
    expect(requests[0]?.signal?.aborted).toBe(true)
  })

  test('waits as long as Retry-After says, longer after each failure, and gives up in the end', async () => {
    const busy = () => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 7 })
    const down = () => new TypeError('fetch failed')
    const { events, timing } = follow([busy, down, down, down, down], { maxRetries: 4 })
    await expect(all(events)).rejects.toMatchObject({ code: 'NETWORK' })
    const pauses = timing.waits.filter((ms) => ms !== 45_000)
    expect(pauses).toEqual([7250, 750, 1500, 3000])
  })

  test('is not given up for as long as the server may come back', async () => {
    const down = [
      () => new TypeError('fetch failed'),
      () => refusal(500, 'INTERNAL'),
      () => new Response('<html>', { status: 503 }),
      () => new Response('<html>Sign in to this network</html>', { headers: { 'content-type': 'text/html' } }),
    ]
    const tries = Array.from({ length: 200 }, (_, index) => down[index % down.length] ?? stream([]))
    const { events, timing } = follow([...tries, stream([completed(1)])])
    expect(await all(events)).toEqual([1])
    expect(Math.max(...timing.waits.filter((ms) => ms !== 45_000))).toBeLessThanOrEqual(10_000)
  })

  test('that makes no sense is given up after a while, though the server is there', async () => {
    const odd = () => eventStream([': ping\n\n', 'id: 1\ndata: {"half":\n\n'], 'open')
    const { events, requests } = follow(Array.from({ length: 30 }, () => odd))
    await expect(all(events)).rejects.toMatchObject({ code: 'INTERNAL', message: 'The event stream is malformed.' })
    expect(requests).toHaveLength(21)
  })

  test('may say what this version does not know', async () => {
    const later = { type: 'plan.changed', seq: 2 } as unknown as ExecutionEvent
    const notice = 'event: notice\ndata: hello\n\n'
    const oddId = frame(deltas(1, 1)[0] as ExecutionEvent).replace('id: 1', 'id: 01a2-x')
    const { events } = follow([() => eventStream([notice, oddId, frame(later), notice, frame(completed(3))], 'open')])
    const heard = []
    for await (const event of events) heard.push(event.type)
    expect(heard).toEqual(['text.delta', 'plan.changed', 'execution.completed'])
  })

  test('is taken up again neither at once nor in an hour because a server asked for that', async () => {
    const hint = (ms: number) => () => eventStream([`retry: ${ms}\n\n`, ': ping\n\n'], 'cut')
    const { events, timing } = follow([hint(3_600_000), hint(0), stream([completed(1)])])
    expect(await all(events)).toEqual([1])
    expect(timing.waits.filter((ms) => ms !== 45_000)).toEqual([30_000, 100])
  })

  test('throws at once what does not pass by itself', async () => {
    const { events, requests } = follow([() => refusal(404, 'NOT_FOUND')])
    await expect(all(events)).rejects.toMatchObject({
      name: 'ClientError',
      code: 'NOT_FOUND',
      status: 404,
      requestId: 'r-1',
    })
    expect(requests).toHaveLength(1)
  })

  test('heeds an error that comes in the middle of the stream', async () => {
    const error = (code: string) =>
      `event: error\ndata: ${JSON.stringify({ code, message: 'no', requestId: 'r-2' })}\n\n`
    const { events } = follow([
      () => eventStream([...deltas(1, 1).map(frame), error('UNAVAILABLE')], 'close'),
      () => eventStream([...deltas(2, 2).map(frame), error('NOT_FOUND')], 'close'),
    ])
    const heard: number[] = []
    const read = async () => {
      for await (const { seq } of events) heard.push(seq)
    }
    await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND', requestId: 'r-2' })
    expect(heard).toEqual([1, 2])
  })

  test('stops when its reader stops', async () => {
    const { events, requests } = follow([stream(deltas(1, 50), 'open')])
    for await (const { seq } of events) if (seq === 3) break
    expect(requests[0]?.signal?.aborted).toBe(true)
    expect(requests).toHaveLength(1)
  })

  test('gives nothing more once its signal has aborted, not even what was read already', async () => {
    const gone = new AbortController()
    const whole = deltas(1, 50).map(frame).join('')
    const { events } = follow([() => eventStream([whole], 'open')], { signal: gone.signal })
    await events.next()
    gone.abort(new Error('enough'))
    await expect(events.next()).rejects.toThrow('enough')
  })

  test('throws the reason of its signal, while it reads and while it waits', async () => {
    const gone = new AbortController()
    const { events } = follow([stream(deltas(1, 1), 'open')], { signal: gone.signal })
    await events.next()
    const next = events.next()
    gone.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')

    const later = new AbortController()
    const waiting = follow([() => refusal(429, 'RATE_LIMITED', { retryAfterSeconds: 600 })], { signal: later.signal })
    const read = all(waiting.events)
    await vi.waitFor(() => expect(waiting.timing.waits).toContain(600_250))
    later.abort(new Error('enough'))
    await expect(read).rejects.toThrow('enough')
  })
})

describe('the token of an event stream', () => {
  const expired = () => refusal(401, 'TOKEN_EXPIRED')

  test('is renewed when it has expired', async () => {
    let token = 'old'
    const renew = vi.fn(async () => {
      token = 'new'
      return true
    })
    const { events, requests } = follow([expired, stream([completed(1)])], {}, { token: async () => token, renew })
    expect(await all(events)).toEqual([1])
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
    expect(renew).toHaveBeenCalledExactlyOnceWith('old')
  })

  test('is renewed again when it expires again', async () => {
    const renew = vi.fn(async () => true)
    const answers = [expired, stream(deltas(1, 1)), expired, stream([completed(2)])]
    const { events } = follow(answers, {}, { token: async () => 'token', renew })
    expect(await all(events)).toEqual([1, 2])
    expect(renew).toHaveBeenCalledTimes(2)
  })

  test('is renewed as often as it expires while nothing happens', async () => {
    const renew = vi.fn(async () => true)
    const answers = [expired, stream([]), expired, stream([]), expired, stream([completed(1)])]
    const { events } = follow(answers, {}, { token: async () => 'token', renew })
    expect(await all(events)).toEqual([1])
    expect(renew).toHaveBeenCalledTimes(3)
  })

  test('is renewed when the server refuses it in the middle of the stream, more slowly each time', async () => {
    const error = JSON.stringify({ code: 'TOKEN_EXPIRED', message: 'no', requestId: 'r-2' })
    const refuseLate = () => eventStream([`event: error\ndata: ${error}\n\n`], 'close')
    const answers = [stream(deltas(1, 1)), refuseLate, refuseLate, refuseLate, stream([completed(2)])]
    const { events, timing } = follow(answers, {}, { token: async () => 'token', renew: async () => true })
    expect(await all(events)).toEqual([1, 2])
    expect(timing.waits.filter((ms) => ms !== 45_000)).toEqual([375, 0, 1500, 3000])
  })

  test('that cannot be had for now is asked for again', async () => {
    const token = vi.fn().mockRejectedValueOnce(new TypeError('fetch failed')).mockResolvedValue('late')
    const { events, requests } = follow([stream([completed(1)])], {}, { token, renew: async () => false })
    expect(await all(events)).toEqual([1])
    expect(requests).toHaveLength(1)
  })

  test('is not renewed for ever', async () => {
    const renew = vi.fn(async () => true)
    const { events } = follow([expired, expired, expired], {}, { token: async () => 'token', renew })
    await expect(all(events)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
    expect(renew).toHaveBeenCalledOnce()
  })
})
