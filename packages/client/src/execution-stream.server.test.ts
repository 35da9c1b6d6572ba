import { gzipSync } from 'node:zlib'
import type { ExecutionEvent } from '@kickstartmyai/contract'
import { describe, expect, test, vi } from 'vitest'
import type { Credentials } from './credentials.ts'
import { followExecution } from './execution-stream.ts'
import type { FollowOptions, StreamState } from './follow-options.ts'
import { hastyTiming } from './testing/hasty-timing.ts'
import { completed, deltas, frame } from './testing/played-server.ts'
import { begin, type Manner, refuse, type RudeServer, startRudeServer } from './testing/rude-server.ts'

const events: ExecutionEvent[] = [...deltas(1, 9), completed(10)]
/** Where a busy machine must not be taken for a silent server. */
const patient: FollowOptions = { silenceMs: 10_000_000 }
const noToken: Credentials = { token: async () => null, renew: async () => false }

/** As it should be. */
const polite: Manner = (out, after) => {
  begin(out, events.slice(after))
  out.end()
}

/** Sends up to this event, and goes on in this manner. */
const upTo =
  (seq: number, then: Manner): Manner =>
  (out, after, request) => {
    begin(out, events.slice(after, seq))
    // Written before what comes next happens.
    setTimeout(() => void then(out, after, request), 20)
  }

const silent: Manner = () => {}
const reset: Manner = (out) => void out.socket?.resetAndDestroy()

async function follow(manners: readonly Manner[], credentials = noToken, options: FollowOptions = {}) {
  await using server = await startRudeServer(manners)
  const timing = hastyTiming(50)
  const given: ExecutionEvent[] = []
  const following = followExecution(
    {
      fetch,
      url: `${server.url}/events`,
      headers: {},
      credentials,
      timing,
      getExecution: async () => ({ status: 'running', lastSeq: 10 }),
    },
    options,
  )
  for await (const event of following) given.push(event)
  const pauses = timing.waits.filter((ms) => ms !== (options.silenceMs ?? 45_000))
  return { given, asked: server.asked, pauses }
}

describe('an execution is followed to its end, each event once, from a server that', () => {
  const manners: Record<string, Manner> = {
    'closes the stream in the middle': upTo(4, (out) => void out.end()),
    'breaks off in the middle of an event': upTo(4, (out) => {
      out.write(frame(events[4] as ExecutionEvent).slice(0, 40))
      setTimeout(() => out.destroy(), 20)
    }),
    'resets the connection': upTo(4, reset),
    'resets it before it answers': reset,
    'never answers': silent,
    'is silent after the headers': upTo(0, silent),
    'is silent in the middle of an event': upTo(4, (out) => void out.write('id: 5\nevent: text.del')),
    'repeats itself': (out) => {
      begin(out, [...events.slice(0, 5), ...events.slice(2, 5)])
      out.end()
    },
    'leaves events out': (out) => {
      begin(out, [...events.slice(0, 3), ...events.slice(5)])
      out.end()
    },
    'begins after a gap': (out, after) => {
      begin(out, events.slice(after + 1))
      out.end()
    },
    'goes away in order': upTo(4, (out) => void out.end('retry: 200\n\n')),
    'has a page from a proxy in its place': (out) => {
      out.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
    },
    'has a sign-in page of a network in its place': (out) => {
      out.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the airport</html>')
    },
    'has a page in its place that never ends': (out) => {
      out.writeHead(502, { 'content-type': 'text/html' }).write('<html>')
    },
    'has JSON in its place': (out) => {
      out.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    },
    'is broken': (out) => refuse(out, 500, 'INTERNAL'),
    'sends a broken gzip': (out) => {
      const packed = gzipSync(events.slice(0, 6).map(frame).join(''))
      out.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' })
      out.write(packed.subarray(0, packed.length - 12))
      setTimeout(() => out.destroy(), 20)
    },
    'calls gzip what is none': (out) => begin(out, events, { 'content-encoding': 'gzip' }),
    'promises more than it sends': (out) => {
      out.writeHead(200, { 'content-type': 'text/event-stream', 'content-length': '100000' })
      out.write(events.slice(0, 4).map(frame).join(''))
      setTimeout(() => out.destroy(), 20)
    },
    'speaks nonsense': upTo(4, (out) => void out.end('id: 5\nevent: text.delta\ndata: {"seq":5,"ty\n\n')),
  }

  test.for(Object.entries(manners))('%s', async ([_, manner]) => {
    const { given, asked } = await follow([manner, manner, polite])
    expect(given).toEqual(events)
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.toSorted((a, b) => a - b)).toEqual(asked)
  })

  test('does all of it, one after the other', async () => {
    const { given } = await follow([...Object.values(manners), polite])
    expect(given).toEqual(events)
  })
})

describe('a server that says when to come back', () => {
  test('by Retry-After is not asked earlier', async () => {
    const soon = new Date(Date.now() + 60_000).toUTCString()
    const manners: Manner[] = [
      (out) => refuse(out, 503, 'UNAVAILABLE', { 'retry-after': '3' }),
      (out) => refuse(out, 429, 'RATE_LIMITED', { 'retry-after': '20' }),
      (out) => void out.writeHead(503, { 'content-type': 'text/html', 'retry-after': soon }).end('<html>'),
      polite,
    ]
    const { given, pauses } = await follow(manners, noToken, patient)
    expect(given).toEqual(events)
    expect(pauses[0]).toBeGreaterThanOrEqual(3000)
    expect(pauses[1]).toBeGreaterThanOrEqual(20_000)
    expect(pauses[2]).toBeGreaterThanOrEqual(58_000)
  })

  test('by a hint at the end of the stream is asked just then', async () => {
    const drain = upTo(4, (out) => void out.end('retry: 1234\n\n'))
    const { given, pauses } = await follow([drain, polite], noToken, patient)
    expect(given).toEqual(events)
    expect(pauses).toEqual([1234])
  })
})

test('another server that answers under the same address goes on where the first one died', async () => {
  const first = await startRudeServer([upTo(4, async () => first[Symbol.asyncDispose]())])
  const timing = hastyTiming(50)
  const getExecution = async () => ({ status: 'running' as const, lastSeq: 10 })
  const deps = { fetch, url: `${first.url}/events`, headers: {}, credentials: noToken, timing, getExecution }
  let second: Promise<RudeServer> | undefined
  const onStateChange = (state: StreamState) => {
    // Nobody answers for a while: some tries are refused before the other one is there.
    const isTime = state === 'reconnecting' && timing.waits.length > 8
    if (isTime) second ??= startRudeServer([polite], Number(new URL(first.url).port))
  }
  const given: ExecutionEvent[] = []
  for await (const event of followExecution(deps, { ...patient, onStateChange })) given.push(event)
  expect(given).toEqual(events)
  await using server = await second
  expect(server?.asked).toEqual([4])
})

describe('a token', () => {
  test('that is refused in the middle of the stream and at the next is renewed, and nothing is lost', async () => {
    const error = JSON.stringify({ code: 'TOKEN_EXPIRED', message: 'no', requestId: 'r-1' })
    let token = 1
    const credentials = {
      token: async () => `t${token}`,
      renew: vi.fn(async () => {
        token += 1
        return true
      }),
    }
    const expired: Manner = (out) => refuse(out, 401, 'TOKEN_EXPIRED')
    const seen: (string | undefined)[] = []
    const noting =
      (manner: Manner): Manner =>
      (out, after, request) => {
        seen.push(request.headers.authorization)
        return manner(out, after, request)
      }
    const late = upTo(4, (out) => void out.end(`event: error\ndata: ${error}\n\n`))
    const { given } = await follow([late, upTo(6, reset), expired, polite].map(noting), credentials, patient)
    expect(given).toEqual(events)
    expect(seen).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2', 'Bearer t3'])
  })

  test.for([
    [401, 'UNAUTHORIZED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [400, 'VALIDATION_FAILED'],
  ] as const)('that does not help ends it: %i', async ([status, code]) => {
    const credentials = { token: async () => 'token', renew: vi.fn(async () => true) }
    const following = follow([upTo(4, reset), (out) => refuse(out, status, code)], credentials, patient)
    await expect(following).rejects.toMatchObject({ name: 'ClientError', code, status, requestId: 'r-1' })
    expect(credentials.renew).toHaveBeenCalledTimes(status === 401 ? 1 : 0)
  })
})

test('an event of several megabytes arrives whole, however it is cut', async () => {
  const text = '🚀é'.repeat(700_000)
  const large: ExecutionEvent = { type: 'text.delta', text, seq: 1 }
  const bytes = Buffer.from(frame(large) + frame(completed(2)))
  const send: (from: number) => Manner = (upToByte) => (out) => {
    out.writeHead(200, { 'content-type': 'text/event-stream' })
    out.write(bytes.subarray(0, upToByte), () => (upToByte < bytes.length ? out.destroy() : out.end()))
  }
  const { given } = await follow([send(1_500_001), send(bytes.length)])
  expect(given).toEqual([large, completed(2)])
})

describe('a signal that aborts ends it at once and without a word on the side', () => {
  const places: Record<string, Manner> = {
    'while it connects': silent,
    'while it is silent': upTo(0, silent),
    'in mid-event': upTo(2, (out) => void out.write('id: 3\n')),
    'while it waits to try again': (out) => refuse(out, 503, 'UNAVAILABLE', { 'retry-after': '600' }),
    'while a page is sent for it': (out) => void out.writeHead(502, { 'content-type': 'application/json' }).write('{'),
  }
  test.for(Object.entries(places))('%s', async ([_, manner]) => {
    const gone = new AbortController()
    const reached = Promise.withResolvers<void>()
    const complaints = vi.fn()
    process.on('unhandledRejection', complaints)
    const closed = Promise.withResolvers<void>()
    const following = follow(
      [
        (out, after, request) => {
          request.socket.once('close', () => closed.resolve())
          setTimeout(reached.resolve, 100)
          return manner(out, after, request)
        },
      ],
      noToken,
      { ...patient, signal: gone.signal },
    )
    await reached.promise
    gone.abort(new Error('enough'))
    await expect(following).rejects.toThrow('enough')
    await closed.promise
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', complaints)
    expect(complaints).not.toHaveBeenCalled()
  })
})
