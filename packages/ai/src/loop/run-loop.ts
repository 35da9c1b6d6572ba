import type { FinishReason } from '../model/chunk.ts'
import { ModelError } from '../model/error.ts'
import type { LanguageModel } from '../model/language-model.ts'
import type { AssistantPart, ModelMessage, ToolResult } from '../model/message.ts'
import { toToolSpec } from '../tools/to-tool-spec.ts'
import type { ToolDefinition } from '../tools/tool.ts'
import type { LoopEvent, LoopOutcome } from './loop-event.ts'
import { runTools } from './run-tools.ts'
import { unansweredCalls } from './unanswered-calls.ts'

export interface LoopOptions {
  model: LanguageModel
  system: string
  /** The conversation so far. When it ends in tool calls without results, these are run first. */
  messages: readonly ModelMessage[]
  /** The tools that are granted. */
  tools: readonly ToolDefinition[]
  settings: {
    temperature: number | null
    maxOutputTokens: number | null
    /** Most model steps. */
    maxIterations: number
    /** Most tools at a time; 8 unless told. */
    parallelToolCalls?: number
  }
  /** Model steps that were done before `messages` was what it is; the next one is numbered so. */
  stepsDone?: number
  signal: AbortSignal
  now: () => number
}

/**
 * Asks the model, runs the tools it wants, and asks again until it has its answer. Failures are events, never throws; the
 * last event is `ended`. The loop is suspended while its consumer handles an event: what the consumer stores before it
 * asks for the next is stored before its consequence.
 */
export async function* runLoop(options: LoopOptions): AsyncGenerator<LoopEvent, void> {
  let outcome: LoopOutcome
  try {
    outcome = yield* rounds(options)
  } catch (error) {
    outcome = toOutcome(error, options.signal)
  }
  yield { type: 'ended', outcome }
}

async function* rounds(options: LoopOptions): AsyncGenerator<LoopEvent, LoopOutcome> {
  const { tools, settings, signal, now } = options
  const messages = [...options.messages]
  let step = options.stepsDone ?? 0
  let reason: FinishReason = 'stop'

  for (;;) {
    const calls = unansweredCalls(messages)
    if (calls?.length) {
      const roundOf = step - 1
      for (const call of calls) yield { type: 'tool_called', step: roundOf, call }
      const finished: ToolResult[] = []
      for await (const done of runTools(calls, { tools, parallel: settings.parallelToolCalls ?? 8, signal, now })) {
        finished.push(done.result)
        yield { type: 'tool_finished', step: roundOf, ...done }
      }
      const inOrder = calls.flatMap(({ callId }) => finished.filter((result) => result.callId === callId))
      messages.push({ role: 'tool', results: inOrder })
    } else if (messages.at(-1)?.role === 'assistant') {
      return { type: 'completed', reason }
    }
    signal.throwIfAborted()
    if (step >= settings.maxIterations) return { type: 'max_iterations' }
    const finished = yield* modelStep(options, messages, step)
    messages.push({ role: 'assistant', parts: finished.parts })
    reason = finished.reason
    step += 1
  }
}

/** Asks the model once. Tokens pass through here one by one, so there is as little as possible on the way. */
async function* modelStep(
  { model, system, tools, settings, signal }: LoopOptions,
  messages: readonly ModelMessage[],
  step: number,
): AsyncGenerator<LoopEvent, { parts: AssistantPart[]; reason: FinishReason }> {
  yield { type: 'step_started', step }
  const { temperature, maxOutputTokens } = settings
  const request = { system, messages: [...messages], tools: tools.map(toToolSpec), temperature, maxOutputTokens }
  const parts: AssistantPart[] = []
  let reason: FinishReason = 'stop'

  for await (const chunk of model.stream(request, { signal })) {
    switch (chunk.type) {
      case 'text':
      case 'reasoning': {
        const last = parts.at(-1)
        if (last?.type === chunk.type) last.text += chunk.text
        else parts.push({ type: chunk.type, text: chunk.text })
        yield chunk
        break
      }
      case 'tool_call':
        parts.push(chunk)
        break
      case 'usage':
        yield { type: 'usage', step, usage: chunk.usage }
        break
      case 'finish':
        reason = chunk.reason
    }
  }
  const saysSomething = parts.some((part) => part.type === 'tool_call' || part.text !== '')
  if (!saysSomething && reason === 'refusal') throw new ModelError('refused', 'The model declined to answer this.')
  if (!saysSomething) throw new ModelError('empty', 'The model gave an empty answer.', { retryable: true })
  yield { type: 'step_finished', step, message: { role: 'assistant', parts }, reason }
  return { parts, reason }
}

function toOutcome(error: unknown, signal: AbortSignal): LoopOutcome {
  if (signal.aborted) return { type: 'aborted' }
  if (error instanceof ModelError) return { type: 'failed', error }
  const message = 'The model could not be asked because of an internal error.'
  return { type: 'failed', error: new ModelError('unavailable', message, { cause: error }) }
}
