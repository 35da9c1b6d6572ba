import type { ModelChunk } from '../model/chunk.ts'
import type { LanguageModel } from '../model/language-model.ts'

/** What one question leads to: chunks, or an error to throw, in their order. */
export type Script = readonly (ModelChunk | Error)[]

/** A model that plays one script per question, in order; `asked` counts the questions. */
export function scriptedModel(...scripts: readonly Script[]): LanguageModel & { readonly asked: number } {
  let asked = 0
  return {
    provider: 'scripted',
    id: 'scripted',
    get asked() {
      return asked
    },
    async *stream(_request, { signal }) {
      const script = scripts[asked++]
      if (!script) throw new Error('The model was asked more often than the script says.')
      for (const part of script) {
        signal.throwIfAborted()
        if (part instanceof Error) throw part
        yield part
      }
    },
  }
}
