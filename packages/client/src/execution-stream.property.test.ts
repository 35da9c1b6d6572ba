import type { ExecutionEvent } from '@kickstartmyai/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followExecution } from './execution-stream.ts'
import { manualTiming } from './testing/manual-timing.ts'
import { completed, eventStream, type StreamEnd } from './testing/played-server.ts'

/** How one event is written: the ways of saying the same that the format has (WHATWG HTML, 9.2). */
interface Writing {
  lineEnd: '\n' | '\r\n' | '\r'
  hasSpace: boolean
  /** The JSON over many lines, each with a `data:` of its own. */
  isTall: boolean
  /** What stands before it. */
  before: 'nothing' | 'comment' | 'retry' | 'notice' | 'blank'
}

const encoder = new TextEncoder()
const usual: Writing = { lineEnd: '\n', hasSpace: true, isTall: false, before: 'nothing' }

function write(event: ExecutionEvent, { lineEnd, hasSpace, isTall, before }: Writing): string {
  const field = (name: string, value: string) => `${name}:${hasSpace ? ' ' : ''}${value}`
  const ahead = {
    nothing: [],
    comment: [': ping é🚀', ''],
    retry: [field('retry', '200'), ''],
    notice: [field('event', 'notice'), field('data', 'a later version speaks'), ''],
    blank: ['', ''],
  }[before]
  const data = JSON.stringify(event, null, isTall ? 1 : 0).split('\n')
  const lines = [field('id', String(event.seq)), field('event', event.type), ...data.map((line) => field('data', line))]
  return [...ahead, ...lines, '', ''].join(lineEnd)
}

function split(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? bytes.length
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

interface Connection {
  /** Ends after so many bytes of what it would send; null: sends all. */
  cutAt: number | null
  end: StreamEnd
  sizes: readonly number[]
  /** How many events that the follower has already are sent once more. */
  repeated: number
}

/** What is followed over these connections, and then over one that is whole. */
async function heard(events: readonly ExecutionEvent[], writings: readonly Writing[], connections: Connection[]) {
  const whole: Connection = { cutAt: null, end: 'close', sizes: [1000], repeated: 0 }
  let next = 0
  const fetch = async (url: RequestInfo | URL) => {
    const { cutAt, end, sizes, repeated } = connections[next++] ?? whole
    const after = Number(new URL(url instanceof Request ? url.url : url).searchParams.get('lastEventId'))
    const text = events
      .slice(Math.max(0, after - repeated))
      .map((event) => write(event, writings[(event.seq - 1) % writings.length] ?? usual))
      .join('')
    const bytes = encoder.encode(`\uFEFF${text}`)
    return eventStream(split(bytes.subarray(0, cutAt ?? bytes.length), sizes), end)
  }
  const deps = {
    fetch,
    url: 'http://api/events',
    headers: {},
    credentials: { token: async () => null, renew: async () => false },
    timing: manualTiming(),
    getExecution: async () => ({ status: 'running' as const, lastSeq: events.length }),
  }
  const given: ExecutionEvent[] = []
  for await (const event of followExecution(deps)) given.push(event)
  return given
}

const say = (texts: readonly string[]): ExecutionEvent[] => [
  ...texts.map((text, index) => ({ type: 'text.delta' as const, text, seq: index + 1 })),
  completed(texts.length + 1),
]

const writing: fc.Arbitrary<Writing> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  hasSpace: fc.boolean(),
  isTall: fc.boolean(),
  before: fc.constantFrom('nothing', 'comment', 'retry', 'notice', 'blank'),
})

describe('whatever the network does to the bytes, the events come in order and once each', () => {
  const events = say(['naïve 🚀', '', 'line\nline\r\n', '日本 "quoted" \\ '])
  const writings: Writing[] = [
    { lineEnd: '\r\n', hasSpace: true, isTall: true, before: 'retry' },
    { lineEnd: '\r', hasSpace: false, isTall: false, before: 'comment' },
    { lineEnd: '\n', hasSpace: true, isTall: true, before: 'notice' },
  ]
  const length = encoder.encode(events.map((event, at) => write(event, writings[at % 3] ?? usual)).join('')).length + 3

  test.for(['cut', 'close'] as const)('with a %s at every byte, in one piece before it', async (end) => {
    for (let cutAt = 0; cutAt <= length; cutAt += 1) {
      const connection = { cutAt, end, sizes: [length], repeated: 1 }
      expect(await heard(events, writings, [connection]), `cut at ${cutAt}`).toEqual(events)
    }
  })

  test('with a boundary of two pieces at every byte, and byte by byte', async () => {
    for (let at = 1; at <= length; at += 1) {
      const connection: Connection = { cutAt: null, end: 'open', sizes: [at, length], repeated: 0 }
      expect(await heard(events, writings, [connection]), `split at ${at}`).toEqual(events)
    }
    expect(await heard(events, writings, [{ cutAt: null, end: 'open', sizes: [1], repeated: 0 }])).toEqual(events)
  })

  test('with any text, any way of writing, any pieces and any number of cuts', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 12 })
    const connection = fc.record({
      cutAt: fc.nat(600),
      end: fc.constantFrom<StreamEnd>('cut', 'close'),
      sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      repeated: fc.nat(3),
    })
    const writingsOf = fc.array(writing, { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(texts, writingsOf, fc.array(connection, { maxLength: 6 }), async (said, ways, connections) => {
        const all = say(said)
        expect(await heard(all, ways, connections)).toEqual(all)
      }),
      { numRuns: 300 },
    )
  })
})
