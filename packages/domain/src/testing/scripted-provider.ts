import type { LanguageModel, ModelChunk, ModelRequest, Provider } from '@kickstartmyai/ai'

/** What a scripted model does when it is asked: yields chunks, throws, or waits for the signal. */
export type Script = (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelChunk> | Iterable<ModelChunk>

export interface ScriptedProvider extends Provider {
  /** Every request so far. */
  readonly requests: ModelRequest[]
  /** Scripts are used in order, one a request; the last one is used again. */
  play(...scripts: Script[]): void
}

/** A provider for tests of the engine, which stands where `demo` stands. */
export function createScriptedProvider(): ScriptedProvider {
  const requests: ModelRequest[] = []
  let scripts: Script[] = [() => says('Hello.')]

  const model = (id: string): LanguageModel => ({
    provider: 'demo',
    id,
    async *stream(request, { signal }) {
      requests.push(request)
      const script = scripts.length > 1 ? scripts.shift() : scripts[0]
      if (script) yield* script(request, signal)
    },
  })
  return {
    name: 'demo',
    models: [{ id: 'scripted', label: 'Scripted' }],
    model,
    requests,
    play: (...next) => (scripts = next),
  }
}

/** A plain answer, a word at a time. */
export function* says(text: string): Generator<ModelChunk> {
  for (const word of text.split(/(?<= )/)) yield { type: 'text', text: word }
  yield { type: 'usage', usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, reasoningTokens: 0 } }
  yield { type: 'finish', reason: 'stop' }
}

/** A turn that asks for tools. */
export function* calls(...wanted: { callId: string; name: string; input: unknown }[]): Generator<ModelChunk> {
  for (const call of wanted) yield { type: 'tool_call', ...call }
  yield { type: 'usage', usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, reasoningTokens: 0 } }
  yield { type: 'finish', reason: 'tool_calls' }
}

/** Says a few words and then nothing more until it is stopped. */
export async function* stallsAfter(text: string, signal: AbortSignal): AsyncGenerator<ModelChunk> {
  yield { type: 'text', text }
  await new Promise<void>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
