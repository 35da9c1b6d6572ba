import { setTimeout as wait } from 'node:timers/promises'
import type { ModelChunk } from '../../model/chunk.ts'
import { ModelError } from '../../model/error.ts'
import type { LanguageModel } from '../../model/language-model.ts'
import type { Provider } from '../../model/provider.ts'
import type { ModelRequest } from '../../model/request.ts'
import { plan } from './plan.ts'
import { label, thoughts } from './texts.ts'

export interface DemoConfig {
  /** Milliseconds a word; 25 unless told. */
  msPerWord?: number
  /** Waits; rejects when the signal aborts. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * A provider that needs no key and no network: rules instead of a language model, labelled so. The same conversation gets
 * the same answer. It streams word by word, calls tools that are granted, and obeys the directives of `directives.ts`.
 */
export function createDemoProvider({ msPerWord = 25, sleep = sleepFor }: DemoConfig = {}): Provider {
  const model = (id: string): LanguageModel => ({
    provider: 'demo',
    id,
    async *stream(request, { signal }) {
      try {
        yield* say(request, msPerWord, async (ms) => {
          await sleep(ms, signal)
          signal.throwIfAborted()
        })
      } catch (error) {
        throw signal.aborted ? signal.reason : error
      }
    },
  })
  return { name: 'demo', models: [{ id: 'demo', label }], model }
}

async function* say(
  request: ModelRequest,
  pace: number,
  sleep: (ms: number) => Promise<void>,
): AsyncGenerator<ModelChunk, void> {
  const { text, calls, directives } = plan(request)
  const { failure, cutAfter, stallAfter, empty, reasoning } = directives
  if (failure) throw failure
  const breaksAfter = calls.length > 0 ? null : (cutAfter ?? stallAfter)
  const said = empty ? [] : [...(reasoning ? words('reasoning', thoughts) : []), ...words('text', text)]
  for (const chunk of said.slice(0, breaksAfter ?? said.length)) {
    await sleep(directives.msPerWord ?? pace)
    yield chunk
  }
  if (breaksAfter !== null) {
    if (cutAfter === null) await sleep(forever)
    throw new ModelError('stream_cut', 'The demo model broke off, as it was told to.', { retryable: true })
  }
  if (!empty) for (const call of calls) yield { type: 'tool_call', ...call }
  yield { type: 'usage', usage: countWords(request, said.length + calls.length) }
  yield { type: 'finish', reason: calls.length > 0 && !empty ? 'tool_calls' : 'stop' }
}

/** The longest that a timer can wait, 24 days. */
const forever = 2 ** 31 - 1

const words = (type: 'text' | 'reasoning', text: string): ModelChunk[] =>
  (text.match(/\s*\S+\s*/g) ?? []).map((word) => ({ type, text: word }))

/** There are no tokens here: words are counted instead. */
function countWords({ system, messages }: ModelRequest, spoken: number) {
  const count = (text: string) => text.match(/\S+/g)?.length ?? 0
  const heard = messages.flatMap((message) =>
    message.role === 'tool'
      ? message.results.map(({ outcome }) => JSON.stringify(outcome))
      : message.parts.map((part) => (part.type === 'tool_call' ? JSON.stringify(part.input) : part.text)),
  )
  const inputTokens = [system, ...heard].reduce((sum, text) => sum + count(text), 0)
  return { inputTokens, outputTokens: spoken, cachedInputTokens: 0, reasoningTokens: 0 }
}

async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (ms > 0) await wait(ms, undefined, { signal })
}
