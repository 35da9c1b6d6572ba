import type { LoopEvent, LoopOutcome } from '../loop/loop-event.ts'
import { type LoopOptions, runLoop } from '../loop/run-loop.ts'
import type { ModelChunk } from '../model/chunk.ts'
import type { ModelMessage, ToolCall } from '../model/message.ts'
import type { ModelRequest } from '../model/request.ts'
import { type Script, scriptedModel } from './scripted-model.ts'

interface Played {
  events: LoopEvent[]
  /** What the model was asked, in order. */
  requests: ModelRequest[]
  outcome: LoopOutcome | undefined
}

interface PlayOptions extends Partial<Omit<LoopOptions, 'settings' | 'model'>> {
  maxIterations?: number
  parallelToolCalls?: number
  /** Sees every event while the loop is suspended. */
  onEvent?: (event: LoopEvent) => void | Promise<void>
}

/** Runs the loop to its end with a model that follows scripts, one a question. */
export async function playLoop(scripts: readonly Script[], options: PlayOptions = {}): Promise<Played> {
  const { maxIterations = 10, parallelToolCalls, onEvent, ...more } = options
  const scripted = scriptedModel(...scripts)
  const played: Played = { events: [], requests: [], outcome: undefined }
  const loop = runLoop({
    model: {
      provider: 'scripted',
      id: 'scripted',
      stream(request, asking) {
        played.requests.push(request)
        return scripted.stream(request, asking)
      },
    },
    system: 'Be brief.',
    messages: [user('Hello')],
    tools: [],
    settings: {
      temperature: null,
      maxOutputTokens: null,
      maxIterations,
      ...(parallelToolCalls !== undefined && { parallelToolCalls }),
    },
    signal: new AbortController().signal,
    now: () => 0,
    ...more,
  })
  for await (const event of loop) {
    played.events.push(event)
    await onEvent?.(event)
    if (event.type === 'ended') played.outcome = event.outcome
  }
  return played
}

export const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] })

export const call = (callId: string, name: string, input: unknown = {}): ToolCall & { type: 'tool_call' } => ({
  type: 'tool_call',
  callId,
  name,
  input,
})

/** The script of an answer in words. */
export const says = (...words: string[]): Script => [
  ...words.map((text): ModelChunk => ({ type: 'text', text })),
  { type: 'usage', usage: { inputTokens: 3, outputTokens: words.length, cachedInputTokens: 0, reasoningTokens: 0 } },
  { type: 'finish', reason: 'stop' },
]

/** The script of a turn that asks for tools. */
export const asksFor = (...calls: (ToolCall & { type: 'tool_call' })[]): Script => [
  ...calls,
  { type: 'finish', reason: 'tool_calls' },
]
