import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ToolOutcome } from '../model/message.ts'
import { asksFor, call, playLoop, says } from '../testing/play-loop.ts'
import { defineTool } from '../tools/define-tool.ts'
import type { ToolContext, ToolDefinition } from '../tools/tool.ts'

const tool = (
  name: string,
  run: (input: { id?: string | undefined }, context: ToolContext) => unknown,
  timeoutMs = 60_000,
) =>
  defineTool({
    name,
    title: name,
    description: name,
    effect: 'read',
    input: z.object({ id: z.string().optional() }),
    timeoutMs,
    run,
  })

/** The outcome of the one call of a round. */
async function outcomeOf(asked: ReturnType<typeof call>, ...tools: ToolDefinition[]): Promise<ToolOutcome | undefined> {
  const { events, outcome } = await playLoop([asksFor(asked), says('I see.')], { tools })
  expect(outcome).toEqual({ type: 'completed', reason: 'stop' })
  const finished = events.find((event) => event.type === 'tool_finished')
  return finished?.type === 'tool_finished' ? finished.result.outcome : undefined
}

describe('what goes wrong is told to the model, and the loop goes on', () => {
  test.each([
    ['a tool that is not there', call('a', 'missing'), 'UNKNOWN_TOOL', /no tool named “missing”/],
    ['JSON that is none', { ...call('a', 'works', null), invalidInput: '{"id":' }, 'INVALID_INPUT', /not valid JSON/],
    ['an input of another shape', call('a', 'works', { id: 7 }), 'INVALID_INPUT', /expected string.*\n.*id/s],
    ['a tool that throws', call('a', 'throws'), 'TOOL_FAILED', /^out of order$/],
    ['a tool that throws no error', call('a', 'rejects'), 'TOOL_FAILED', /^just words$/],
    ['an output that JSON cannot say', call('a', 'circular'), 'TOOL_FAILED', /circular/],
    ['a tool that takes too long', call('a', 'hangs'), 'TIMED_OUT', /longer than 0.01 s/],
  ] as const)('%s', async (_, asked, code, message) => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    const outcome = await outcomeOf(
      asked,
      tool('works', () => 'fine'),
      tool('throws', () => {
        throw new Error('out of order')
      }),
      tool('rejects', () => Promise.reject('just words')),
      tool('circular', () => circular),
      tool('hangs', () => new Promise(() => {}), 10),
    )
    expect(outcome).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } })
  })
})

describe('a call that is held for a person', () => {
  const ran: string[] = []
  const tools = ['free', 'guarded'].map((name) => tool(name, ({ id }) => ran.push(id ?? '')))
  const asked = [call('a', 'guarded', { id: 'a' }), call('b', 'free', { id: 'b' }), call('c', 'guarded', { id: 7 })]

  test('is told and not run, while the others of its round are finished', async () => {
    ran.length = 0
    const { events, outcome } = await playLoop([asksFor(...asked)], {
      tools,
      isHeld: ({ name }, step) => name === 'guarded' && step === 0,
    })
    expect(outcome).toEqual({ type: 'held' })
    expect(ran).toEqual(['b'])
    const told = events.flatMap((event) => (event.type === 'tool_called' ? [[event.call.callId, event.held]] : []))
    // One that would fail anyhow is no question to a person.
    expect(told).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ])
    const finished = events.flatMap((event) => (event.type === 'tool_finished' ? [event.result.callId] : []))
    expect(finished.toSorted()).toEqual(['b', 'c'])
  })

  test('runs alone when the loop is called again and it is held no longer', async () => {
    ran.length = 0
    const results = ['b', 'c'].map((callId) => ({ callId, name: 'x', outcome: { ok: true as const, output: 1 } }))
    const { events, outcome, requests } = await playLoop([says('Done.')], {
      tools,
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'go' }] },
        { role: 'assistant', parts: asked },
        { role: 'tool', results },
      ],
      stepsDone: 1,
      isHeld: () => false,
    })
    expect(outcome).toEqual({ type: 'completed', reason: 'stop' })
    expect(ran).toEqual(['a'])
    expect(events[0]).toMatchObject({ type: 'tool_called', step: 0, held: false, call: { callId: 'a' } })
    expect(requests[0]?.messages.at(-1)).toMatchObject({ results: [{ callId: 'a' }, { callId: 'b' }, { callId: 'c' }] })
  })
})

test('a tool that has not finished in time is told so by its signal', async () => {
  let told = false
  await outcomeOf(
    call('a', 'hangs'),
    tool('hangs', (_, { signal }) => new Promise(() => signal.addEventListener('abort', () => (told = true))), 10),
  )
  expect(told).toBe(true)
})

test.each([
  [undefined, null],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [{ a: undefined, b: [1] }, { b: [1] }],
])('an output is what JSON makes of it: %j', async (output, told) => {
  expect(
    await outcomeOf(
      call('a', 'works'),
      tool('works', () => output),
    ),
  ).toEqual({ ok: true, output: told })
})

test('all calls of a round are told before the first tool starts', async () => {
  const order: string[] = []
  await playLoop([asksFor(call('a', 'notes', { id: 'a' }), call('b', 'notes', { id: 'b' })), says('Done')], {
    tools: [tool('notes', ({ id }) => order.push(`run ${id}`))],
    async onEvent(event) {
      if (event.type !== 'tool_called') return
      await setImmediate()
      order.push(`stored ${event.call.callId}`)
    },
  })
  expect(order).toEqual(['stored a', 'stored b', 'run a', 'run b'])
})

test('tools run side by side; results come as they finish and are told in the order of the calls', async () => {
  const slow = Promise.withResolvers<string>()
  const { events, requests } = await playLoop([asksFor(call('a', 'slow'), call('b', 'fast')), says('Done')], {
    tools: [tool('slow', () => slow.promise), tool('fast', () => 'fast')],
    onEvent: (event) => {
      if (event.type === 'tool_finished' && event.result.callId === 'b') slow.resolve('slow')
    },
  })
  const finished = events.flatMap((event) => (event.type === 'tool_finished' ? [event.result.callId] : []))
  expect(finished).toEqual(['b', 'a'])
  expect(requests[1]?.messages.at(-1)).toMatchObject({ results: [{ callId: 'a' }, { callId: 'b' }] })
})

test('no more tools run at a time than are allowed', async () => {
  let running = 0
  let most = 0
  const busy = tool('busy', async () => {
    running += 1
    most = Math.max(most, running)
    await setImmediate()
    running -= 1
  })
  const calls = Array.from({ length: 9 }, (_, index) => call(`c${index}`, 'busy'))
  const { events } = await playLoop([asksFor(...calls), says('Done')], { tools: [busy], parallelToolCalls: 3 })
  expect(most).toBe(3)
  expect(events.filter((event) => event.type === 'tool_finished')).toHaveLength(9)
})

describe('stopping', () => {
  test('ends at once, though a tool ignores its signal, and starts nothing more', async () => {
    const stop = new AbortController()
    const started: string[] = []
    const deaf = tool('deaf', ({ id = '' }) => {
      started.push(id)
      stop.abort(new Error('stopped'))
      return new Promise(() => {})
    })
    const calls = ['a', 'b'].map((id) => call(id, 'deaf', { id }))
    const { events, outcome, requests } = await playLoop([asksFor(...calls)], {
      tools: [deaf],
      parallelToolCalls: 1,
      signal: stop.signal,
    })
    expect(outcome).toEqual({ type: 'aborted' })
    expect(started).toEqual(['a'])
    expect(requests).toHaveLength(1)
    expect(events.some((event) => event.type === 'tool_finished')).toBe(false)
  })

  test('before a tool has begun runs none', async () => {
    const stop = new AbortController()
    let ran = false
    const { outcome } = await playLoop([asksFor(call('a', 'works'))], {
      tools: [tool('works', () => (ran = true))],
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'tool_called') stop.abort()
      },
    })
    expect(outcome).toEqual({ type: 'aborted' })
    expect(ran).toBe(false)
  })

  test('in the middle of an answer ends with what was said', async () => {
    const stop = new AbortController()
    const { events, outcome } = await playLoop([says('One ', 'two ', 'three')], {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'text') stop.abort()
      },
    })
    expect(events.map((event) => event.type)).toEqual(['step_started', 'text', 'ended'])
    expect(outcome).toEqual({ type: 'aborted' })
  })

  test('before it begins asks nothing', async () => {
    const { events, requests } = await playLoop([], { signal: AbortSignal.abort() })
    expect(events).toEqual([{ type: 'ended', outcome: { type: 'aborted' } }])
    expect(requests).toHaveLength(0)
  })
})
