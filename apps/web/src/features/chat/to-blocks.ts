import type { Approval } from '@kickstartmyai/client'
import type { MessagePart, StepId } from '@kickstartmyai/contract'

export type ToolState = 'running' | 'waiting' | 'approved' | 'done' | 'denied' | 'failed' | 'interrupted'

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
  /** What to approve or deny, while it waits for that. */
  stepId?: StepId
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
  approvals?: Readonly<Record<string, Approval>>
}

/**
 * The parts of an answer in drawing order: each tool call together with its result, text and reasoning as they came.
 * A call without a result is running while the answer lives, and was interrupted if it does not.
 */
export function toBlocks(parts: readonly MessagePart[], { live, approvals = {} }: Liveness): Block[] {
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
          return [live ? { ...block, ...openCall(approvals[callId]) } : { ...block, state: 'interrupted' }]
        }
        const { durationMs } = result
        return [
          result.error
            ? { ...block, state: result.error.code === 'DENIED' ? 'denied' : 'failed', error: result.error, durationMs }
            : { ...block, state: 'done', output: result.output, durationMs },
        ]
      }
      case 'tool_result':
        return []
    }
  })
}

/** A call that was approved may still be held back by another one of its round. */
function openCall(approval: Approval | undefined): Pick<ToolBlock, 'state' | 'stepId'> {
  if (!approval) return { state: 'running' }
  if (approval.decision === null) return { state: 'waiting', stepId: approval.stepId }
  return { state: approval.decision === 'approve' ? 'approved' : 'denied' }
}
