import type { FinishReason, ModelChunk } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import type { AssistantMessage, AssistantPart } from '../model/message.ts'
import type { LoopEvent } from './loop-event.ts'

/** The answer of one model step, put together from its chunks. */
export class Answer {
  readonly #step: number
  readonly #parts: AssistantPart[] = []
  reason: FinishReason = 'stop'

  constructor(step: number) {
    this.#step = step
  }

  /** Takes a chunk in; gives the event that tells of it, or null when it is told at the end of the step. */
  add(chunk: ModelChunk): LoopEvent | null {
    switch (chunk.type) {
      case 'text':
      case 'reasoning': {
        const last = this.#parts.at(-1)
        if (last?.type === chunk.type) last.text += chunk.text
        else this.#parts.push({ type: chunk.type, text: chunk.text })
        return chunk
      }
      case 'tool_call':
        this.#parts.push(chunk)
        return null
      case 'usage':
        return { type: 'usage', step: this.#step, usage: chunk.usage }
      case 'alive':
        return null
      case 'finish':
        this.reason = chunk.reason
        return null
    }
  }

  /** The whole message. Throws a ModelError when nothing was said. */
  finish(): AssistantMessage {
    const parts = this.#parts
    const says = (type: 'text' | 'reasoning') => parts.some((part) => part.type === type && part.text !== '')
    const calls = parts.some((part) => part.type === 'tool_call')
    if (this.reason === 'refusal' && !calls && !says('text')) {
      throw new ModelError('refused', 'The model declined to answer this.')
    }
    if (!calls && !says('text') && !says('reasoning')) {
      throw new ModelError('empty', 'The model gave an empty answer.', { retryable: true })
    }
    return { role: 'assistant', parts }
  }
}
