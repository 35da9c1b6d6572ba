import type { Approval } from '@kickstartmyai/client'
import type { MessagePart } from '@kickstartmyai/contract'
import { describe, expect, test } from 'vitest'
import { toBlocks } from './to-blocks.ts'

const call: MessagePart = { type: 'tool_call', callId: 'a', name: 'calculator', input: { expression: '17*23' } }
const result: MessagePart = { type: 'tool_result', callId: 'a', name: 'calculator', output: 391, durationMs: 4 }
const failure: MessagePart = {
  type: 'tool_result',
  callId: 'a',
  name: 'calculator',
  error: { code: 'DIVISION_BY_ZERO', message: 'no' },
  durationMs: 2,
}

const states = (parts: MessagePart[], live: boolean, approvals: Record<string, Approval> = {}) =>
  toBlocks(parts, { live, approvals }).map((block) => (block.kind === 'tool' ? block.state : block.kind))

describe('a tool call', () => {
  test('is drawn once, with its result', () => {
    expect(toBlocks([call, result], { live: false })).toEqual([
      {
        kind: 'tool',
        key: 'tool-a',
        callId: 'a',
        name: 'calculator',
        input: { expression: '17*23' },
        state: 'done',
        output: 391,
        durationMs: 4,
      },
    ])
  })

  test('runs while the answer lives and was interrupted when it does not', () => {
    expect(states([call], true)).toEqual(['running'])
    expect(states([call], false)).toEqual(['interrupted'])
  })

  test('waits where a person is asked, and shows what they said', () => {
    const asked = (decision: Approval['decision']) => ({ a: { stepId: 's' as Approval['stepId'], decision } })
    expect(states([call], true, asked(null))).toEqual(['waiting'])
    expect(states([call], true, asked('approve'))).toEqual(['approved'])
    expect(states([call], true, asked('deny'))).toEqual(['denied'])
    expect(toBlocks([call], { live: true, approvals: asked(null) })[0]).toMatchObject({ stepId: 's' })
    expect(states([call], false, asked(null))).toEqual(['interrupted'])
  })

  test('that a person denied is not said to have failed', () => {
    const denied = { ...failure, error: { code: 'DENIED', message: 'no' } }
    expect(states([call, denied], false)).toEqual(['denied'])
  })

  test('that failed says why', () => {
    expect(toBlocks([call, failure], { live: true })[0]).toMatchObject({ state: 'failed', error: { message: 'no' } })
  })
})

describe('text', () => {
  test('streams only at the end of a live answer', () => {
    const parts: MessagePart[] = [{ type: 'text', text: 'first' }, call, result, { type: 'text', text: 'second' }]
    const streaming = (live: boolean) =>
      toBlocks(parts, { live }).map((block) => 'streaming' in block && block.streaming)
    expect(streaming(true)).toEqual([false, false, true])
    expect(streaming(false)).toEqual([false, false, false])
  })

  test('that is empty is not drawn', () => {
    expect(toBlocks([{ type: 'text', text: ' \n' }], { live: true })).toEqual([])
  })

  test('keeps its key while it grows', () => {
    const keys = (text: string) => toBlocks([{ type: 'text', text }], { live: true }).map((block) => block.key)
    expect(keys('a')).toEqual(keys('a longer text'))
  })
})
