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

const states = (parts: MessagePart[], live: boolean, awaiting: string[] = []) =>
  toBlocks(parts, { live, awaiting }).map((block) => (block.kind === 'tool' ? block.state : block.kind))

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

  test('waits where a person is asked', () => {
    expect(states([call], true, ['a'])).toEqual(['waiting'])
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
