import type { ExecutionEvent, ExecutionEventBody, Message } from '@kickstartmyai/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyExecutionState, foldExecution } from './fold-execution.ts'

const usage = { inputTokens: 5, outputTokens: 7, cachedInputTokens: 0, reasoningTokens: 0 }
const numbered = (bodies: readonly ExecutionEventBody[]) => bodies.map((body, index) => ({ ...body, seq: index + 1 }))
const fold = (...bodies: ExecutionEventBody[]) => numbered(bodies).reduce(foldExecution, emptyExecutionState)

const say = (text: string): ExecutionEventBody => ({ type: 'text.delta', text })
const think = (text: string): ExecutionEventBody => ({ type: 'reasoning.delta', text })
const begin = (step: number, attempt: number): ExecutionEventBody => ({ type: 'attempt.started', step, attempt })
const tool = { callId: 'c1', name: 'calculator' }
const called: ExecutionEventBody = { type: 'tool.called', ...tool, input: { expression: '1+1' } }
const answered: ExecutionEventBody = { type: 'tool.completed', ...tool, output: 2, durationMs: 3 }

describe('an execution', () => {
  test('that thinks, speaks and calculates has its parts in order', () => {
    const state = fold(
      begin(1, 1),
      think('h'),
      think('m'),
      say('Let '),
      say('me.'),
      called,
      answered,
      begin(2, 1),
      say('2'),
    )
    expect(state.parts).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'Let me.' },
      { type: 'tool_call', ...tool, input: { expression: '1+1' } },
      { type: 'tool_result', ...tool, output: 2, durationMs: 3 },
      { type: 'text', text: '2' },
    ])
    expect(state).toMatchObject({ status: 'running', running: [], lastSeq: 9 })
  })

  test('knows which calls run and which wait for a person', () => {
    const asked: ExecutionEventBody = { type: 'approval.requested', stepId: 's1' as never, ...tool, input: {} }
    expect(fold(begin(1, 1), called).running).toEqual(['c1'])
    expect(fold(begin(1, 1), called, asked)).toMatchObject({ status: 'waiting', awaiting: ['c1'] })
    expect(fold(begin(1, 1), called, asked, answered)).toMatchObject({ status: 'running', awaiting: [], running: [] })
    expect(fold(begin(1, 1), called, asked, answered).approvals).toEqual({})
  })

  test('waits until the last call that it was held for is decided, and knows what was decided until it has run', () => {
    const ask = (callId: string): ExecutionEventBody[] => [
      { type: 'tool.called', callId, name: 'mail', input: {} },
      { type: 'approval.requested', stepId: `step-${callId}` as never, callId, name: 'mail', input: {} },
    ]
    const decide = (callId: string, decision: 'approve' | 'deny'): ExecutionEventBody => ({
      type: 'approval.decided',
      stepId: `step-${callId}` as never,
      callId,
      name: 'mail',
      decision,
    })
    const both = [begin(1, 1), ...ask('a'), ...ask('b')]
    expect(fold(...both).approvals).toEqual({
      a: { stepId: 'step-a', decision: null },
      b: { stepId: 'step-b', decision: null },
    })
    expect(fold(...both, decide('a', 'deny'))).toMatchObject({ status: 'waiting', awaiting: ['b'] })
    const decided = fold(...both, decide('a', 'deny'), decide('b', 'approve'))
    expect(decided).toMatchObject({ status: 'running', awaiting: [], running: ['a', 'b'] })
    expect(decided.approvals).toMatchObject({ a: { decision: 'deny' }, b: { decision: 'approve' } })
    const ran: ExecutionEventBody = { type: 'tool.completed', callId: 'b', name: 'mail', output: 1, durationMs: 1 }
    const over = fold(...both, decide('a', 'deny'), decide('b', 'approve'), ran)
    expect(Object.keys(over.approvals)).toEqual(['a'])
  })

  test('shows a call once that is told again after a crash', () => {
    const state = fold(begin(1, 1), called, called, answered)
    expect(state.parts.map(({ type }) => type)).toEqual(['tool_call', 'tool_result'])
  })

  test('shows why a tool failed', () => {
    const error = { code: 'TIMED_OUT', message: 'too slow' }
    const { parts, running } = fold(begin(1, 1), called, { type: 'tool.failed', ...tool, error, durationMs: 9 })
    expect(parts.at(-1)).toEqual({ type: 'tool_result', ...tool, error, durationMs: 9 })
    expect(running).toEqual([])
  })

  test('forgets what a step said before it was asked again, and nothing earlier', () => {
    const state = fold(
      begin(1, 1),
      say('kept'),
      begin(2, 1),
      say('lost'),
      called,
      begin(2, 2),
      say('again'),
      begin(2, 3),
    )
    expect(state.parts).toEqual([{ type: 'text', text: 'kept' }])
    expect(state).toMatchObject({ attempt: 3, running: [] })
  })

  test('ends with what was stored', () => {
    const message = { parts: [{ type: 'text', text: 'stored' }], complete: true } as Message
    const done = fold(say('heard'), { type: 'message.completed', message }, { type: 'execution.completed', usage })
    expect(done).toMatchObject({ status: 'completed', usage, message, parts: message.parts })

    const error = { code: 'MODEL_STALLED', message: 'silent' } as const
    const failed = fold(say('heard'), called, { type: 'execution.failed', error, message: null, usage })
    expect(failed).toMatchObject({ status: 'failed', error, message: null, running: [] })
    expect(failed.parts[0]).toEqual({ type: 'text', text: 'heard' })

    const cancelled = fold(say('heard'), { type: 'execution.cancelled', message, usage })
    expect(cancelled).toMatchObject({ status: 'cancelled', message, parts: message.parts })
  })

  test('says who answers', () => {
    const started = {
      executionId: 'e',
      conversationId: 'c',
      messageId: 'm',
      agentId: 'a',
      provider: 'demo',
      model: 'demo-1',
    }
    const state = fold({ type: 'execution.started', ...started } as unknown as ExecutionEventBody)
    expect(state).toMatchObject({ status: 'running', agentId: 'a', provider: 'demo', model: 'demo-1' })
  })

  test('passes over a type that it does not know', () => {
    const state = fold(say('a'), { type: 'weather.changed' } as unknown as ExecutionEventBody, say('b'))
    expect(state).toMatchObject({ parts: [{ type: 'text', text: 'ab' }], lastSeq: 3 })
  })
})

const body = fc.oneof(
  fc.string().map(say),
  fc.string().map(think),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .map(([step, attempt]) => begin(step, attempt)),
  fc.constantFrom(called, answered),
)

describe('for any events', () => {
  test('a replay from anywhere changes nothing, and no state is written to', () => {
    fc.assert(
      fc.property(fc.array(body), fc.nat(), (bodies, from) => {
        const events: ExecutionEvent[] = numbered(bodies)
        const once = events.reduce((state, event) => foldExecution(Object.freeze(state), event), emptyExecutionState)
        const replayed = events.slice(from % (events.length + 1)).reduce(foldExecution, once)
        expect(replayed).toBe(once)
      }),
    )
  })

  test('the text of a step that was asked again is that of its last attempt', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 5 }), { minLength: 1, maxLength: 4 }), (attempts) => {
        const bodies = attempts.flatMap((texts, index) => [begin(1, index + 1), ...texts.map(say)])
        const { parts } = fold(...bodies)
        const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
        expect(text).toBe(attempts.at(-1)?.join(''))
      }),
    )
  })
})
