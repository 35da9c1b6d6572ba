import { ModelError } from '../model/error.ts'
import type { LanguageModel } from '../model/language-model.ts'

export interface IdleTimeoutOptions {
  /** Longest silence, in milliseconds, before the first chunk and between two. */
  idleMs: number
}

/**
 * The same model, which fails with `stalled` and closes its upstream when it says nothing for `idleMs`. The time that the
 * reader takes does not count.
 */
export function withIdleTimeout(model: LanguageModel, { idleMs }: IdleTimeoutOptions): LanguageModel {
  return {
    provider: model.provider,
    id: model.id,
    async *stream(request, { signal }) {
      const stop = new AbortController()
      const forward = () => stop.abort(signal.reason)
      if (signal.aborted) forward()
      signal.addEventListener('abort', forward, { once: true })

      // One timer for the whole stream, which looks how long ago the last chunk was: nothing is armed per chunk.
      let waitingSince = performance.now()
      let reading = false
      let stalled = false
      const look = () => {
        const silence = reading ? 0 : performance.now() - waitingSince
        if (silence < idleMs) {
          timer = setTimeout(look, idleMs - silence)
        } else {
          stalled = true
          stop.abort(new Error('The model stalled.'))
        }
      }
      let timer = setTimeout(look, idleMs)
      try {
        for await (const chunk of model.stream(request, { signal: stop.signal })) {
          reading = true
          yield chunk
          reading = false
          waitingSince = performance.now()
        }
      } catch (error) {
        if (!stalled) throw error
        const seconds = Math.round(idleMs / 1000)
        throw new ModelError('stalled', `The model said nothing for ${seconds} s.`, { retryable: true })
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', forward)
      }
    },
  }
}
