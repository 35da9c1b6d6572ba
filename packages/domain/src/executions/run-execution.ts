import {
  type LanguageModel,
  type LoopOutcome,
  type ModelMessage,
  runLoop,
  type ToolDefinition,
} from '@kickstartmyai/ai'
import type { ExecutionError, ExecutionEventBody, ProviderName } from '@kickstartmyai/contract'
import { type ExecutionRow, listPathTo, moveBelowAnswerOfParent } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { type Ending, endExecution } from './end-execution.ts'
import { giveUpUnfinishedTools } from './give-up-unfinished-tools.ts'
import { loadProgress } from './load-progress.ts'
import { type LastStep, Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import { type StopReason, stopReasonOf } from './stop-reason.ts'
import { toExecutionError } from './to-execution-error.ts'
import { toModelMessages } from './to-model-messages.ts'

/**
 * Runs a claimed execution from wherever it stands to its end. Every event is stored before its consequence: the loop is
 * suspended while its consumer, here, writes. Throws LeaseLost when another process has taken over; returns without an
 * ending when it was told to drain.
 */
export async function runExecution(deps: Deps, run: Run): Promise<void> {
  const { row, writer, signal } = run
  const progress = await loadProgress(deps.db, row)
  const end = (
    ending: Omit<Ending, 'answer' | 'usage' | 'last'> & { last?: LastStep | null },
    usage = progress.usage,
  ) => endExecution(deps, writer, row, { last: null, ...ending, answer: progress.answer, usage })

  if (row.cancel_requested_at !== null) return end({ status: 'cancelled', error: null })
  if (row.attempts > run.maxAttempts) return end({ status: 'failed', error: interruptedTooOften(row.attempts - 1) })

  let model: LanguageModel
  try {
    model = deps.models.resolve(row.provider as ProviderName | null, row.model)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return end({ status: 'failed', error: { code: 'MODEL_NOT_CONFIGURED', message: error.message } })
  }

  if (row.last_seq === 0) writer.append(started(row, model))
  await giveUpUnfinishedTools(deps, run, progress)
  const recorder = new Recorder(deps, run, progress)
  for await (const event of runLoop({
    model,
    system: row.settings.systemPrompt,
    messages: [...(await loadHistory(deps, run)), ...progress.messages],
    tools: grantedTools(deps, row),
    settings: {
      temperature: row.settings.temperature,
      maxOutputTokens: row.settings.maxTokens,
      maxIterations: row.settings.maxIterations,
    },
    stepsDone: progress.stepsDone,
    signal,
    now: deps.clock.now,
  })) {
    if (event.type === 'ended') {
      const ending = toEnding(event.outcome, stopReasonOf(signal), row.settings.maxIterations)
      if (ending) await end({ ...ending, last: recorder.last }, recorder.usage)
      return
    }
    const written = recorder.record(event)
    if (written) await written
  }
}

/** How a run ends; null when it does not end here (another process goes on with it). */
function toEnding(
  outcome: LoopOutcome,
  stop: StopReason | null,
  maxIterations: number,
): Omit<Ending, 'answer' | 'usage' | 'last'> | null {
  const error = toExecutionError(outcome, maxIterations)
  if (error === null) return { status: 'completed', error }
  switch (outcome.type === 'aborted' ? stop : null) {
    case 'draining':
    case 'lease_lost':
      return null
    case 'cancelled':
      return { status: 'cancelled', error: null }
    case 'timed_out':
      return { status: 'timed_out', error: { code: 'TIMED_OUT', message: 'The answer took longer than is allowed.' } }
    default:
      return { status: 'failed', error }
  }
}

function interruptedTooOften(times: number): ExecutionError {
  return { code: 'INTERRUPTED', message: `The server stopped ${times} times while it worked on this. Send it again.` }
}

function started(row: ExecutionRow, model: LanguageModel): ExecutionEventBody {
  return {
    type: 'execution.started',
    executionId: row.id,
    conversationId: row.conversation_id,
    agentId: row.agent_id,
    messageId: row.message_id,
    provider: model.provider,
    model: model.id,
  }
}

function grantedTools({ tools }: Deps, row: ExecutionRow): ToolDefinition[] {
  return row.settings.tools.flatMap(({ name, policy }) => {
    const tool = policy === 'allow' ? tools.get(name) : undefined
    return tool ? [tool] : []
  })
}

async function loadHistory({ db }: Deps, { row, sent }: Run): Promise<ModelMessage[]> {
  // Nothing was said before, and nothing can have been put between.
  if (sent?.parentId === null) return toModelMessages([{ role: 'user', parts: [...sent.parts] }])
  if (!sent) await moveBelowAnswerOfParent(db, row.message_id)
  return toModelMessages(await listPathTo(db, row.message_id))
}
