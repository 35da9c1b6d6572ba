import type { ToolCall, ToolResult } from '@kickstartmyai/ai'
import type { MessagePart } from '@kickstartmyai/contract'
import { storableJson, storableText } from '../messages/storable.ts'

/** Puts an answer together from what is streamed. Its fold of a run is the message that is stored. */
export class AnswerParts {
  readonly #parts: MessagePart[] = []
  /** The first half of a surrogate pair whose second half comes with the next piece. */
  #half = ''

  /** Adds streamed text and gives it in storable form: what to tell the followers. */
  add(type: 'text' | 'reasoning', piece: string): string {
    const whole = this.#half + piece
    const endsInHalf = /[\uD800-\uDBFF]$/.test(whole)
    this.#half = endsInHalf ? whole.slice(-1) : ''
    const text = storableText(endsInHalf ? whole.slice(0, -1) : whole)
    const last = this.#parts.at(-1)
    if (last?.type === type) last.text += text
    else if (text !== '') this.#parts.push({ type, text })
    return text
  }

  /** Adds a call, unless it stands there without a result already: after a crash it is told again. */
  addCall({ callId, name, input }: ToolCall): void {
    const same = this.#parts.findLast((part) => 'callId' in part && part.callId === callId)
    if (same?.type === 'tool_call') return
    this.#parts.push({ type: 'tool_call', callId, name, input: storableJson(input) })
  }

  addResult({ callId, name, outcome }: ToolResult, durationMs: number): void {
    const answer = outcome.ok ? { output: storableJson(outcome.output) } : { error: outcome.error }
    this.#parts.push({ type: 'tool_result', callId, name, ...answer, durationMs })
  }

  get parts(): readonly MessagePart[] {
    return this.#parts
  }
}
