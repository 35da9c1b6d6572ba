import { type LanguageModel, type ModelMessage, runLoop, type ToolCall } from '@kickstartmyai/ai'
import type { ProviderName } from '@kickstartmyai/contract'
import { type ExecutionRow, listPathTo, moveBelowAnswerOfParent } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { cancelled, endingOf } from './core/ending-of.ts'
import { firstMove } from './core/first-move.ts'
import { stateOfRow } from './core/state-of-row.ts'
import { type Ending, endExecution } from './end-execution.ts'
import { giveUpUnfinishedTools } from './give-up-unfinished-tools.ts'
import { grantedTools } from './granted-tools.ts'
import { loadProgress, noProgress, type Progress } from './load-progress.ts'
import { addUnfinishedStep } from './partial-answer.ts'
import { Recorder } from './recorder.ts'
import { refuseDeniedTools } from './refuse-denied-tools.ts'
import type { Run } from './run.ts'
import { started } from './started.ts'
import { toolStepName } from './step-records.ts'
import { stopReasonOf } from './stop-reason.ts'
import { toModelMessages } from './to-model-messages.ts'
import { waitForPerson } from './wait-for-person.ts'

/**
 * Runs a claimed execution from wherever it stands to its end, or until it can do nothing more before a person has
 * decided. Every event is stored before it is shown, and every call before its tool starts: the loop is suspended while
 * its consumer, here, writes. Throws LeaseLost when another process has taken over; returns without an ending when it was told to drain.
 */
export async function runExecution(deps: Deps, run: Run): Promise<void> {
  const { row, writer, signal, maxAttempts } = run
  let progress = row.last_seq > 0 ? await loadProgress(deps.db, row) : noProgress()
  const end = async ({ status, error }: Pick<Ending, 'status' | 'error'>) => {
    if (row.last_seq > 0) await addUnfinishedStep(deps.db, row.id, progress)
    await endExecution(deps, writer, row, { status, error, last: null, answer: progress.answer, usage: progress.usage })
  }

  const over = firstMove(stateOfRow(row), { maxAttempts, isOverdue: stopReasonOf(signal) === 'timed_out' })
  if (over) return end(over)

  let model: LanguageModel
  try {
    model = await deps.models.resolve(row.owner_id, row.provider as ProviderName | null, row.model)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return end({ status: 'failed', error: { code: 'MODEL_NOT_CONFIGURED', message: error.message } })
  }

  if (row.last_seq === 0) writer.announce(started(row, model))
  // What a person decided while it ran is acted on as after a restart: from what is stored.
  while ((await goOn(deps, run, model, progress)) === 'decided') progress = await loadProgress(deps.db, row)
}

/** Goes on until nothing more can be done here; `decided` when a person has meanwhile answered what it was held for. */
async function goOn(deps: Deps, run: Run, model: LanguageModel, progress: Progress): Promise<'over' | 'decided'> {
  const { row, writer, signal } = run
  await giveUpUnfinishedTools(deps, run, progress)
  await refuseDeniedTools(deps, run, progress)
  const recorder = new Recorder(deps, run, progress)
  for await (const event of runLoop({
    model: recorder.listenTo(model),
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
    isHeld: holding(row, progress),
  })) {
    if (event.type !== 'ended') {
      const written = recorder.record(event)
      if (written) await written
      continue
    }
    const { outcome } = event
    await recorder.written()
    const standing = outcome.type === 'held' ? await waitForPerson(deps, run) : null
    if (standing === 'decided') return 'decided'
    const ending =
      outcome.type === 'held'
        ? standing === 'cancelled' && cancelled
        : endingOf(outcome, stopReasonOf(signal), row.settings.maxIterations)
    // It was stopped before it could begin anew what another process had begun.
    if (ending && !recorder.hasBegunStep && row.last_seq > 0) await addUnfinishedStep(deps.db, row.id, progress)
    const { usage, last } = recorder
    if (ending) await endExecution(deps, writer, row, { ...ending, answer: progress.answer, usage, last })
  }
  return 'over'
}

/** Which calls wait for a person: those of tools with the policy `ask`, until they were allowed. */
function holding({ settings }: ExecutionRow, { approvals }: Progress): (call: ToolCall, step: number) => boolean {
  const asks = new Set(settings.tools.flatMap(({ name, policy }) => (policy === 'ask' ? [name] : [])))
  return ({ callId, name }, step) => asks.has(name) && approvals.get(toolStepName(step, callId))?.decision !== 'approve'
}

async function loadHistory({ db }: Deps, { row, sent }: Run): Promise<ModelMessage[]> {
  // Nothing was said before, and nothing can have been put between.
  if (sent?.parentId === null) return toModelMessages([{ role: 'user', parts: [...sent.parts] }])
  if (!sent) await moveBelowAnswerOfParent(db, row.message_id)
  return toModelMessages(await listPathTo(db, row.message_id))
}
