import type { MessagePart } from '@kickstartmyai/contract'

export type ToolState = 'running' | 'waiting' | 'done' | 'failed' | 'interrupted'

export interface ToolBlock {
  kind: 'tool'
  key: string
  callId: string
  name: string
  state: ToolState
  input: unknown
  output?: unknown
  error?: { code: string; message: string }
  durationMs?: number
}

export interface ProseBlock {
  kind: 'text' | 'reasoning'
  key: string
  text: string
  /** More of it is coming. */
  streaming: boolean
}

/** One thing that is drawn in an answer. */
export type Block = ToolBlock | ProseBlock

interface Liveness {
  /** The answer is still being made. */
  live: boolean
  awaiting?: readonly string[]
}

/**
 * The parts of an answer in drawing order: each tool call together with its result, text and reasoning as they came.
 * A call without a result is running while the answer lives, and was interrupted if it does not.
 */
export function toBlocks(parts: readonly MessagePart[], { live, awaiting = [] }: Liveness): Block[] {
  const results = new Map(parts.flatMap((part) => (part.type === 'tool_result' ? [[part.callId, part] as const] : [])))
  let prose = 0
  return parts.flatMap((part, index): Block[] => {
    switch (part.type) {
      case 'text':
      case 'reasoning': {
        if (part.text.trim() === '') return []
        const streaming = live && index === parts.length - 1
        prose += 1
        return [{ kind: part.type, key: `prose-${prose}`, text: part.text, streaming }]
      }
      case 'tool_call': {
        const result = results.get(part.callId)
        const { callId, name, input } = part
        const block = { kind: 'tool' as const, key: `tool-${callId}`, callId, name, input }
        if (!result) {
          const open = awaiting.includes(callId) ? 'waiting' : 'running'
          return [{ ...block, state: live ? open : 'interrupted' }]
        }
        const { durationMs } = result
        return [
          result.error
            ? { ...block, state: 'failed', error: result.error, durationMs }
            : { ...block, state: 'done', output: result.output, durationMs },
        ]
      }
      case 'tool_result':
        return []
    }
  })
}
