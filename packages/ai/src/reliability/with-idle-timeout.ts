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
      const look = () => {
        const silence = reading ? 0 : performance.now() - waitingSince
        if (silence >= idleMs) stop.abort(stalled(idleMs))
        else timer = setTimeout(look, idleMs - silence)
      }
      let timer = setTimeout(look, idleMs)
      try {
        // An aborted model throws the reason, which here is the error.
        for await (const chunk of model.stream(request, { signal: stop.signal })) {
          reading = true
          yield chunk
          reading = false
          waitingSince = performance.now()
        }
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', forward)
      }
    },
  }
}

function stalled(idleMs: number): ModelError {
  return new ModelError('stalled', `The model said nothing for ${Math.round(idleMs / 1000)} s.`, { retryable: true })
}
