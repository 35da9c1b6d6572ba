import { addUsage, type LoopEvent, noUsage } from '@kickstartmyai/ai'
import type { StepId, Usage } from '@kickstartmyai/contract'
import { endStep, noteProgress, startStep } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { storableJson } from '../messages/storable.ts'
import type { Progress } from './load-progress.ts'
import type { Run } from './run.ts'
import {
  type ModelStepResult,
  modelStepName,
  type ToolStepInput,
  type ToolStepResult,
  toolStepName,
} from './step-records.ts'

type Recorded = Exclude<LoopEvent, { type: 'ended' }>
type Event<Type extends Recorded['type']> = Extract<Recorded, { type: Type }>

/** Writes down what the loop tells: tokens into the event log, the ends of steps with the step in one transaction. */
export class Recorder {
  readonly #deps: Pick<Deps, 'newId'>
  readonly #run: Run
  readonly #progress: Progress
  #stepUsage: Usage = noUsage

  constructor(deps: Pick<Deps, 'newId'>, run: Run, progress: Progress) {
    this.#deps = deps
    this.#run = run
    this.#progress = progress
  }

  /** The tokens of all steps so far, unfinished ones included. */
  get usage(): Usage {
    return addUsage(this.#progress.usage, this.#stepUsage)
  }

  /** Resolves when the loop may go on. Throws LeaseLost. */
  async record(event: Recorded): Promise<void> {
    switch (event.type) {
      case 'text':
      case 'reasoning':
        return this.#streamed(event)
      case 'step_started':
        return this.#stepStarted(event)
      case 'usage':
        this.#stepUsage = event.usage
        return
      case 'step_finished':
        return this.#stepFinished(event)
      case 'tool_called':
        return this.#toolCalled(event)
      case 'tool_finished':
        return this.#toolFinished(event)
    }
  }

  #streamed({ type, text }: Event<'text' | 'reasoning'>): Promise<void> {
    const piece = this.#progress.answer.add(type, text)
    if (piece !== '') this.#run.writer.append({ type: `${type}.delta`, text: piece })
    return this.#run.writer.room()
  }

  #stepStarted({ step }: Event<'step_started'>): void {
    // The first step after a take-over voids what the holder before had streamed of it.
    const attempt = step === this.#progress.stepsDone ? this.#run.lease.epoch : 1
    this.#run.writer.append({ type: 'attempt.started', step, attempt })
  }

  async #stepFinished({ step, message, reason }: Event<'step_finished'>): Promise<void> {
    const { row, lease, writer } = this.#run
    const result: ModelStepResult = { message, reason, usage: this.#stepUsage }
    this.#progress.usage = this.usage
    this.#stepUsage = noUsage
    await writer.commit([{ type: 'usage.updated', usage: this.usage }], async (tx, lastSeq) => {
      if (!(await noteProgress(tx, lease, { lastSeq, usage: this.usage }))) return false
      const name = modelStepName(step)
      const id = this.#deps.newId() as StepId
      await startStep(tx, { id, executionId: row.id, name, kind: 'model', epoch: lease.epoch, input: null })
      const record = storableJson(result) as ModelStepResult
      await endStep(tx, { executionId: row.id, name, state: 'done', result: record })
      return true
    })
  }

  async #toolCalled({ step, call }: Event<'tool_called'>): Promise<void> {
    const { row, lease, writer } = this.#run
    const { callId, name } = call
    const input = storableJson(call.input)
    this.#progress.answer.addCall(call)
    await writer.commit([{ type: 'tool.called', callId, name, input }], async (tx, lastSeq) => {
      if (!(await noteProgress(tx, lease, { lastSeq, usage: this.usage }))) return false
      await startStep(tx, {
        id: this.#deps.newId() as StepId,
        executionId: row.id,
        name: toolStepName(step, callId),
        kind: 'tool',
        epoch: lease.epoch,
        input: storableJson({ step, call }) as ToolStepInput,
      })
      return true
    })
  }

  async #toolFinished({ step, result, durationMs }: Event<'tool_finished'>): Promise<void> {
    const { row, lease, writer } = this.#run
    const { callId, name, outcome } = result
    this.#progress.answer.addResult(result, durationMs)
    const told = outcome.ok
      ? ({ type: 'tool.completed', callId, name, output: storableJson(outcome.output), durationMs } as const)
      : ({ type: 'tool.failed', callId, name, error: outcome.error, durationMs } as const)
    await writer.commit([told], async (tx, lastSeq) => {
      if (!(await noteProgress(tx, lease, { lastSeq, usage: this.usage }))) return false
      const record = storableJson({ result, durationMs }) as ToolStepResult
      const state = outcome.ok ? 'done' : 'failed'
      await endStep(tx, { executionId: row.id, name: toolStepName(step, callId), state, result: record })
      return true
    })
  }
}
