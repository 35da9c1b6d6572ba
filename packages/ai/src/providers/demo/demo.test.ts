import { describe, expect, test } from 'vitest'
import type { ModelMessage } from '../../model/message.ts'
import { ask, textRequest } from '../../testing/ask.ts'
import { playDemo } from '../../testing/play-demo.ts'
import { builtinTools } from '../../tools/builtin-tools.ts'
import { createDemoProvider } from './create-provider.ts'

test('it says what it is', async () => {
  const provider = createDemoProvider({})
  expect(provider.models).toEqual([{ id: 'demo', label: 'Demo (no language model)' }])
  const [answer] = await playDemo(['Hello'])
  expect(answer?.text).toContain('not a language model')
})

test('the same conversation gets the same answer', async () => {
  expect(await playDemo(['Hello', 'what is 2+2?'])).toEqual(await playDemo(['Hello', 'what is 2+2?']))
})

describe('plain words lead to tools, and the answer comes from their results', () => {
  test.each([
    ['what is 17*23?', [['calculator', { expression: '17*23' }]], '**391**'],
    ['12 times 12', [['calculator', { expression: '12 * 12' }]], '**144**'],
    ['What is 15% of 240?', [['calculator', { expression: '15% of 240' }]], '**36**'],
    ['what is the square root of 144', [['calculator', { expression: 'sqrt(144)' }]], '**12**'],
    [
      'calculate (3+4)*2 and 5!',
      [
        ['calculator', { expression: '(3+4)*2' }],
        ['calculator', { expression: '5!' }],
      ],
      '**120**',
    ],
    ['what is 1/0?', [['calculator', { expression: '1/0' }]], 'Division by zero'],
    ['What time is it?', [['time', {}]], 'Monday, 23 November 2026'],
    ['what time is it in Tokyo?', [['time', { timeZone: 'Tokyo' }]], 'Asia/Tokyo'],
    [
      'what is 2+3 and what time is it in Paris?',
      [
        ['calculator', { expression: '2+3' }],
        ['time', { timeZone: 'Paris' }],
      ],
      '**5**',
    ],
    ['[[tool calculator {"expression":"6*7"}]]', [['calculator', { expression: '6*7' }]], '**42**'],
  ])('%s', async (said, calls, told) => {
    const [answer] = await playDemo([said], { tools: builtinTools })
    expect(answer?.calls.map(({ name, input }) => [name, input])).toEqual(calls)
    expect(answer?.text).toContain(told)
  })

  test.each(['What is the plan for 2026-11-23?', 'tell me about sqrt', 'Call 555-1234', 'I have time', 'a - b'])(
    'other words do not: %s',
    async (said) => {
      const [answer] = await playDemo([said], { tools: builtinTools })
      expect(answer?.calls).toEqual([])
    },
  )

  test('calls have ids that no other call of the conversation has', async () => {
    const answers = await playDemo(['1+1', '2+2', '3+3'], { tools: builtinTools })
    const ids = answers.flatMap(({ calls }) => calls.map(({ callId }) => callId))
    expect(new Set(ids).size).toBe(3)
  })

  test('a tool that was not granted is named, and not called', async () => {
    const [answer] = await playDemo(['what is 17*23?'], { tools: [] })
    expect(answer?.calls).toEqual([])
    expect(answer?.text).toContain('**calculator**')
    expect(answer?.text).toContain('has not been given')
  })
})

describe('it knows its conversation', () => {
  test('what was said before', async () => {
    const answers = await playDemo(['The sky is green', 'What did I say before?'])
    expect(answers[1]?.text).toContain('> The sky is green')
  })

  test('a name', async () => {
    const answers = await playDemo(['My name is Zoë', 'and?', 'What is my name?'])
    expect(answers[2]?.text).toContain('**Zoë**')
  })

  test('that nothing was said before', async () => {
    expect((await playDemo(['What did I say before?']))[0]?.text).toContain('first message')
  })
})

describe('directives', () => {
  test.each([
    ['[[fail 429]]', 'rate_limited', true],
    ['[[fail 500]]', 'unavailable', true],
    ['[[fail 529]]', 'overloaded', true],
    ['[[fail 401]]', 'auth_failed', false],
    ['[[fail 400]]', 'rejected_request', false],
  ] as const)('%s', async (said, kind, retryable) => {
    const { error, chunks } = await ask(createDemoProvider({ msPerWord: 0 }).model('demo'), textRequest(said))
    expect(error).toMatchObject({ kind, retryable })
    expect(chunks).toEqual([])
  })

  test('[[cut 3]] breaks off after three words', async () => {
    const { error, chunks } = await ask(
      createDemoProvider({ msPerWord: 0 }).model('demo'),
      textRequest('[[tokens 9]] [[cut 3]]'),
    )
    expect(error).toMatchObject({ kind: 'stream_cut' })
    expect(chunks).toEqual([{ type: 'text', text: 'A stream is ' }])
  })

  test('[[tokens 500]] is an answer of so many words, counted as such', async () => {
    const { chunks } = await ask(createDemoProvider({ msPerWord: 0 }).model('demo'), textRequest('[[tokens 500]]'))
    expect(chunks[0]?.type === 'text' && chunks[0].text.split(' ')).toHaveLength(500)
    expect(chunks[1]).toMatchObject({ type: 'usage', usage: { outputTokens: 500 } })
  })

  test('[[reasoning]] thinks before it answers', async () => {
    const { chunks } = await ask(createDemoProvider({ msPerWord: 0 }).model('demo'), textRequest('[[reasoning]] Hello'))
    expect(chunks.map(({ type }) => type)).toEqual(['reasoning', 'text', 'usage', 'finish'])
  })

  test('[[code]] answers with TypeScript', async () => {
    expect((await playDemo(['[[code]]']))[0]?.text).toMatch(/```ts\n[^]*\n```/)
  })

  test('[[empty]] ends without a word', async () => {
    const { chunks } = await ask(createDemoProvider({ msPerWord: 0 }).model('demo'), textRequest('[[empty]]'))
    expect(chunks.map(({ type }) => type)).toEqual(['usage', 'finish'])
  })
})

describe('its pace', () => {
  const waits = async (said: string, msPerWord?: number) => {
    const slept: number[] = []
    const sleep = async (ms: number) => void slept.push(ms)
    const provider = createDemoProvider({ sleep, ...(msPerWord !== undefined && { msPerWord }) })
    await ask(provider.model('demo'), textRequest(said))
    return slept
  }

  test('is 25 ms a word unless told', async () => {
    expect(await waits('[[tokens 3]]')).toEqual([25, 25, 25])
    expect(await waits('[[tokens 2]]', 7)).toEqual([7, 7])
  })

  test('is what the message asks for', async () => {
    expect(await waits('[[tokens 2]] [[slow 200]]')).toEqual([200, 200])
    expect(await waits('[[tokens 1]] [[pace 0]]')).toEqual([0])
  })
})

test.each(['[[stall]]', '[[stall 2]]', '[[stall after 2]]', '[[stall before]]', '[[tokens 100000]]'])(
  '%s ends with the reason of the signal',
  async (said) => {
    const stop = new AbortController()
    const reason = new Error('stopped')
    const chunks = createDemoProvider({}).model('demo').stream(textRequest(said), { signal: stop.signal })
    const reading = (async () => {
      for await (const _ of chunks);
    })()
    stop.abort(reason)
    await expect(reading).rejects.toBe(reason)
  },
)

test('an abort ends it also where nobody waits', async () => {
  const stop = new AbortController()
  const reason = new Error('stopped')
  let words = 0
  const listen = async () => {
    const model = createDemoProvider({ sleep: async () => {} }).model('demo')
    for await (const chunk of model.stream(textRequest('[[tokens 100]]'), { signal: stop.signal })) {
      if (chunk.type === 'text' && ++words === 3) stop.abort(reason)
    }
  }
  await expect(listen()).rejects.toBe(reason)
  expect(words).toBe(3)
})

test('a long message does not hold it up', async () => {
  const messages: ModelMessage[] = ['what is 1+'.repeat(20_000), '(('.repeat(100_000), 'A '.repeat(100_000)].map(
    (text) => ({
      role: 'user',
      parts: [{ type: 'text', text }],
    }),
  )
  for (const message of messages) {
    const { error } = await ask(
      createDemoProvider({ msPerWord: 0 }).model('demo'),
      textRequest('', { messages: [message] }),
    )
    expect(error).toBeUndefined()
  }
})
