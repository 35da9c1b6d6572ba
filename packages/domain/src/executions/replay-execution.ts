import { type LoopOutcome, type ModelMessage, runLoop } from '@kickstartmyai/ai'
import { type Divergence, type ExecutionId, isTerminal, type ReplayReport } from '@kickstartmyai/contract'
import {
  type ExecutionRow,
  type ExecutionWithAnswer,
  findExecution,
  findMessage,
  listPathTo,
  listStepsOf,
} from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { textOf } from '../messages/to-message-view.ts'
import { grantedTools } from './granted-tools.ts'
import { RecordedRun } from './recorded-run.ts'
import { roundsOf } from './rounds.ts'
import { toModelMessages } from './to-model-messages.ts'
import { scopeOf } from '../policy/scope-of.ts'

/**
 * Goes through an execution that is over once more, with the answers that were recorded: no model is asked and no tool
 * runs. Tells whether it would ask the same today, or where it first would not: when its messages, its tools or the loop
 * itself are others by now. Changes nothing. Throws NOT_FOUND, CONFLICT (it is under way).
 */
export async function replayExecution(deps: Deps, actor: Actor, executionId: ExecutionId): Promise<ReplayReport> {
  const row = await findExecution(deps.db, scopeOf(actor, 'execution.read'), executionId)
  if (!row) throw notFound('execution')
  if (!isTerminal(row.status)) {
    throw new DomainError('CONFLICT', 'This run is still under way. Wait for its end, or stop it first.')
  }
  const recorded = new RecordedRun(roundsOf(await listStepsOf(deps.db, scopeOf(actor, 'execution.read'), executionId)))
  const history = toModelMessages(await listPathTo(deps.db, row.message_id))
  const { outcome, said } = await goThrough(deps, row, recorded, history)
  const divergence = recorded.divergence ?? (await compareEnd(deps, actor, row, outcome, said))
  const { steps, unrecorded } = recorded
  return divergence ? { identical: false, steps, divergence } : { identical: true, steps, unrecorded }
}

interface Replayed {
  outcome: LoopOutcome
  /** All that was said, as text. */
  said: string
}

/** Runs the loop, which stops at every round of calls, and answers these from the record. */
async function goThrough(
  deps: Deps,
  row: ExecutionRow,
  recorded: RecordedRun,
  history: ModelMessage[],
): Promise<Replayed> {
  const { systemPrompt, temperature, maxTokens, maxIterations } = row.settings
  const messages = [...history]
  let outcome: LoopOutcome = { type: 'held' }
  let stepsDone = 0
  let said = ''
  while (outcome.type === 'held' && !recorded.divergence) {
    for await (const event of runLoop({
      model: recorded.model,
      system: systemPrompt,
      messages,
      tools: grantedTools(deps, row),
      settings: { temperature, maxOutputTokens: maxTokens, maxIterations },
      stepsDone,
      signal: new AbortController().signal,
      now: deps.clock.now,
      isHeld: () => true,
    })) {
      if (event.type === 'text') said += event.text
      // All calls of the round failed by themselves, and the loop has gone on.
      if (event.type === 'step_started') answerCalls(recorded, messages)
      if (event.type === 'step_finished') {
        messages.push(event.message)
        stepsDone += 1
      }
      if (event.type === 'tool_called') recorded.call(event.call)
      if (event.type === 'tool_finished') recorded.outcome(event.result)
      if (event.type === 'ended') outcome = event.outcome
    }
    if (outcome.type === 'held' && !answerCalls(recorded, messages)) break
  }
  return { outcome, said }
}

/** Adds the recorded results of a round that stands last; gives whether it has all of them. */
function answerCalls(recorded: RecordedRun, messages: ModelMessage[]): boolean {
  const last = messages.at(-1)
  if (last?.role !== 'assistant') return false
  const calls = last.parts.flatMap((part) => (part.type === 'tool_call' ? [part] : []))
  const results = calls.flatMap(({ callId }) => recorded.result(callId) ?? [])
  messages.push({ role: 'tool', results })
  return results.length === calls.length
}

/** Whether an execution that was completed ends as it did then. */
async function compareEnd(
  deps: Deps,
  actor: Actor,
  row: ExecutionWithAnswer,
  outcome: LoopOutcome,
  said: string,
): Promise<Divergence | null> {
  if (row.status !== 'completed') return null
  const end = { step: 'end', kind: 'end', expectedHash: null, actualHash: null } as const
  if (outcome.type !== 'completed')
    return { ...end, difference: `It was completed then, and now ends as ${outcome.type}.` }
  const answer =
    row.answer_message_id && (await findMessage(deps.db, scopeOf(actor, 'conversation.read'), row.answer_message_id))
  if (answer && textOf(answer.parts) !== said)
    return { ...end, difference: 'The stored answer is not what the steps have said.' }
  return null
}
