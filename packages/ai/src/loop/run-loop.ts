import { ModelError } from '../model/error.ts'
import type { LanguageModel } from '../model/language-model.ts'
import type { ModelMessage, ToolCall, ToolResult } from '../model/message.ts'
import { toToolSpec } from '../tools/to-tool-spec.ts'
import type { ToolDefinition } from '../tools/tool.ts'
import { Answer } from './answer.ts'
import { checkCall } from './check-call.ts'
import type { LoopEvent, LoopOutcome } from './loop-event.ts'
import { whereItStands } from './open-round.ts'
import { runTools } from './run-tools.ts'

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
  /**
   * Whether a call has to wait for a person; `step` is the one that asked for it. Left out, every granted tool may run.
   * Not asked about a call that would fail anyhow.
   */
  isHeld?: (call: ToolCall, step: number) => boolean
}

/**
 * Asks the model, runs the tools it wants, and asks again until it has its answer. Failures are events, never throws; the
 * last event is `ended`. With calls that are held it ends as soon as the others of their round are done. It is a function of `messages`: a run that was interrupted goes on when it is called with what
 * was said until then.
 *
 * The loop is suspended while its consumer handles an event: what the consumer stores before it asks for the next is
 * stored before its consequence. A consumer that leaves early stops the model and the tools that run.
 */
export async function* runLoop(options: LoopOptions): AsyncGenerator<LoopEvent, void> {
  const { model, system, tools, settings, now, isHeld } = options
  const { temperature, maxOutputTokens, maxIterations, parallelToolCalls = 8 } = settings
  const leave = new AbortController()
  const signal = AbortSignal.any([options.signal, leave.signal])
  const messages = [...options.messages]
  let step = options.stepsDone ?? 0
  let outcome: LoopOutcome | undefined
  let answer: Answer | undefined

  // One generator, without delegation: every token of every stream passes through here.
  try {
    while (!outcome) {
      const standing = whereItStands(messages)
      if (standing === 'done') {
        // Also when it was just told to stop: the answer is whole.
        outcome = { type: 'completed', reason: answer?.reason ?? 'stop' }
        break
      }
      signal.throwIfAborted()
      if (standing !== 'ask') {
        const ready: ToolCall[] = []
        for (const call of standing.unanswered) {
          const held = isHeld?.(call, step - 1) === true && (await checkCall(tools, call)).ok
          if (!held) ready.push(call)
          yield { type: 'tool_called', step: step - 1, call, held }
        }
        const results: ToolResult[] = []
        for await (const done of runTools(ready, { tools, parallel: parallelToolCalls, signal, now })) {
          results.push(done.result)
          yield { type: 'tool_finished', step: step - 1, ...done }
        }
        signal.throwIfAborted()
        messages.splice(standing.at, Infinity, standing.close(results))
        if (ready.length < standing.unanswered.length) outcome = { type: 'held' }
      } else if (step >= maxIterations) {
        outcome = { type: 'max_iterations' }
      } else {
        yield { type: 'step_started', step }
        answer = new Answer(step)
        const request = { system, messages: [...messages], tools: tools.map(toToolSpec), temperature, maxOutputTokens }
        for await (const chunk of model.stream(request, { signal })) {
          const event = answer.add(chunk)
          if (event) yield event
        }
        const message = answer.finish()
        yield { type: 'step_finished', step, message, reason: answer.reason }
        messages.push(message)
        step += 1
      }
    }
  } catch (error) {
    outcome = toOutcome(error, options.signal)
  } finally {
    // A reason of its own costs nothing; a default one is made with its stack.
    leave.abort('left')
  }
  yield { type: 'ended', outcome }
}

function toOutcome(error: unknown, signal: AbortSignal): LoopOutcome {
  if (signal.aborted) return { type: 'aborted' }
  if (error instanceof ModelError) return { type: 'failed', error }
  const message = 'The model could not be asked because of an internal error.'
  return { type: 'failed', error: new ModelError('unavailable', message, { cause: error }) }
}
