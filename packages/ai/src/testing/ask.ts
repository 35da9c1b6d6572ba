import type { ModelChunk } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import type { LanguageModel } from '../model/language-model.ts'
import type { ModelRequest } from '../model/request.ts'

/** A request of one user message, with what else is told. */
export function textRequest(text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: 'Answer briefly.',
    messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
    tools: [],
    temperature: null,
    maxOutputTokens: null,
    ...more,
  }
}

export interface Answer {
  /** In the order in which they came; neighbouring texts are one, signs of life are left out. */
  chunks: ModelChunk[]
  /** What the model failed with; undefined when it finished. */
  error: ModelError | undefined
}

/** Asks and listens to the end. Whatever is no ModelError is thrown. */
export async function ask(model: LanguageModel, request = textRequest('Hello'), signal?: AbortSignal): Promise<Answer> {
  const chunks: ModelChunk[] = []
  try {
    for await (const chunk of model.stream(request, { signal: signal ?? new AbortController().signal })) {
      const last = chunks.at(-1)
      if ((chunk.type === 'text' || chunk.type === 'reasoning') && last?.type === chunk.type) {
        chunks[chunks.length - 1] = { type: chunk.type, text: last.text + chunk.text }
      } else if (chunk.type !== 'alive') {
        chunks.push(chunk)
      }
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { chunks, error }
  }
  return { chunks, error: undefined }
}
