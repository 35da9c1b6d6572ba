import { ModelError } from '../model/error.ts'
import type { LanguageModel } from '../model/language-model.ts'
import { addUsage, type ModelUsage } from '../model/usage.ts'
import { sleep } from './sleep.ts'

export interface RetryOptions {
  /** Most times that the model is asked. */
  tries?: number
  /** No try begins later than this after the first one, in milliseconds. */
  totalMs?: number
  /** The pause after the first failure, in milliseconds; it doubles with every further one. */
  firstPauseMs?: number
  /** Waits; rejects with the signal's reason as soon as it aborts. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  /** A number from 0 to 1. */
  random?: () => number
  /** Milliseconds of a clock that does not go back. */
  now?: () => number
}

/**
 * The same model, asked again when it fails with a retryable error before it has said anything. What failed tries used is
 * told as part of the usage of those that follow. When the tries or the time are used up, the last error is thrown.
 */
export function withRetry(model: LanguageModel, options: RetryOptions = {}): LanguageModel {
  const { tries = 4, totalMs = 60_000, sleep: wait = sleep, now = () => performance.now() } = options
  return {
    provider: model.provider,
    id: model.id,
    async *stream(request, { signal }) {
      const startedAt = now()
      let spent: ModelUsage | undefined
      for (let failures = 1; ; failures += 1) {
        let spoke = false
        let told: ModelUsage | undefined
        try {
          for await (const chunk of model.stream(request, { signal })) {
            if (chunk.type === 'usage') {
              told = spent ? addUsage(spent, chunk.usage) : chunk.usage
              yield { type: 'usage', usage: told }
            } else {
              spoke ||= chunk.type !== 'alive'
              yield chunk
            }
          }
          return
        } catch (error) {
          if (spoke || signal.aborted || failures >= tries) throw error
          if (!(error instanceof ModelError) || !error.retryable) throw error
          const pause = pauseBefore(failures, error, options)
          if (now() - startedAt + pause > totalMs) throw error
          spent = told ?? spent
          await wait(pause, signal)
        }
      }
    },
  }
}

/**
 * Half to all of an exponential backoff (1 s, 2 s, 4 s), or what the vendor asked for and up to a tenth more, so that those
 * who failed together do not come back together.
 */
function pauseBefore(
  failures: number,
  error: ModelError,
  { firstPauseMs = 1000, random = Math.random }: RetryOptions,
): number {
  const backoff = firstPauseMs * 2 ** (failures - 1) * (0.5 + random() / 2)
  return Math.round(Math.max(backoff, (error.retryAfterMs ?? 0) * (1 + random() / 10)))
}
