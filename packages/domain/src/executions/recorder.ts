import { addUsage, type LanguageModel, type LoopEvent, type ModelRequest, noUsage } from '@kickstartmyai/ai'
import type { ExecutionEventBody, StepId, Usage } from '@kickstartmyai/contract'
import type { StepWrite } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { storableJson } from '../messages/storable.ts'
import { callHash } from './call-hash.ts'
import type { Boundary } from './fail-points.ts'
import type { Progress } from './load-progress.ts'
import { hashRequest } from './request-hash.ts'
import type { Run } from './run.ts'
import {
  type ModelStepResult,
  modelStepName,
  type ToolStepInput,
  type ToolStepResult,
  toolStepName,
} from './step-records.ts'
import { tellDecision } from './tell-decision.ts'

type Recorded = Exclude<LoopEvent, { type: 'ended' }>
type Event<Type extends Recorded['type']> = Extract<Recorded, { type: Type }>

/** The model step after which nothing comes but the end, and the event that tells of it. */
export interface LastStep {
  told: ExecutionEventBody
  step: StepWrite
}

/** Writes down what the loop tells: tokens into the event log, the ends of steps with the step in one transaction. */
export class Recorder {
  readonly #deps: Pick<Deps, 'newId' | 'clock'>
  readonly #run: Run
  readonly #progress: Progress
  #stepUsage: Usage = noUsage
  #stepStartedAt = 0
  #request: ModelRequest | null = null
  #last: LastStep | null = null
  #written: Promise<void> = Promise.resolve()
  /** Whether a model step was begun: what was streamed of one before is void then. */
  hasBegunStep = false

  constructor(deps: Pick<Deps, 'newId' | 'clock'>, run: Run, progress: Progress) {
    this.#deps = deps
    this.#run = run
    this.#progress = progress
  }

  /** The tokens of all steps so far, unfinished ones included. */
  get usage(): Usage {
    return addUsage(this.#progress.usage, this.#stepUsage)
  }

  /** What is finished and not written: it goes with the end. */
  get last(): LastStep | null {
    return this.#last
  }

  /** Resolves when all that was recorded is committed. Throws LeaseLost. */
  written(): Promise<void> {
    return this.#written
  }

  /**
   * Resolves when the loop may go on: at once, but before a tool may begin. Then its call is committed, and with it all
   * that came before. Throws LeaseLost.
   */
  record(event: Recorded): Promise<void> | void {
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

  /** The model, with an ear for what it is asked. */
  listenTo(model: LanguageModel): LanguageModel {
    const stream: LanguageModel['stream'] = (request, options) => {
      this.#request = request
      return model.stream(request, options)
    }
    return { provider: model.provider, id: model.id, stream }
  }

  #streamed({ type, text }: Event<'text' | 'reasoning'>): Promise<void> | void {
    const piece = this.#progress.answer.add(type, text)
    if (piece !== '') this.#run.writer.append({ type: `${type}.delta`, text: piece })
    return this.#run.writer.room()
  }

  #stepStarted({ step }: Event<'step_started'>): void {
    this.#stepStartedAt = this.#deps.clock.now()
    this.hasBegunStep = true
    // The first step after a take-over voids what the holder before may have streamed of it.
    const isRepeated = step === this.#progress.stepsDone && this.#progress.mayHaveBegun
    const attempt = isRepeated ? this.#run.lease.epoch : 1
    this.#run.writer.announce({ type: 'attempt.started', step, attempt })
  }

  #stepFinished({ step, message, reason }: Event<'step_finished'>): void {
    const result: ModelStepResult = { message, reason, usage: this.#stepUsage }
    this.#progress.usage = this.usage
    this.#stepUsage = noUsage
    // Now, when nobody waits for a first token.
    const asked = this.#request && hashRequest(this.#request)
    this.#request = null
    const done = this.#step(modelStepName(step), 'model', 'done', {
      input: asked?.parts ?? null,
      inputHash: asked?.hash ?? null,
      result: storableJson(result) as ModelStepResult,
      durationMs: this.#deps.clock.now() - this.#stepStartedAt,
    })
    const told = { type: 'usage.updated', usage: this.usage } as const
    // Without a call for a tool the end is next, and takes the step along in its own write.
    if (message.parts.some(({ type }) => type === 'tool_call')) this.#write('step_finished', [told], done)
    else this.#last = { told, step: done }
  }

  async #toolCalled({ step, call, held }: Event<'tool_called'>): Promise<void> {
    const { callId, name } = call
    const stepName = toolStepName(step, callId)
    const input = storableJson(call.input)
    const told = { type: 'tool.called', callId, name, input } as const
    const begun = { input: storableJson({ step, call }) as ToolStepInput, inputHash: callHash({ name, input }) }
    const asked = this.#progress.approvals.get(stepName)
    this.#progress.answer.addCall(call)
    if (!held) {
      const events = asked && !asked.isBegun ? tellDecision(asked) : [told]
      this.#write('tool_called', events, this.#step(stepName, 'tool', 'started', begun))
    } else if (!asked) {
      const awaiting = this.#step(stepName, 'tool', 'awaiting', begun)
      const question = { type: 'approval.requested', stepId: awaiting.id, callId, name, input } as const
      this.#write('approval_requested', [told, question], awaiting)
    }
    await this.#written
  }

  #toolFinished({ step, result, durationMs }: Event<'tool_finished'>): void {
    const { callId, name, outcome } = result
    this.#progress.answer.addResult(result, durationMs)
    const told = outcome.ok
      ? ({ type: 'tool.completed', callId, name, output: storableJson(outcome.output), durationMs } as const)
      : ({ type: 'tool.failed', callId, name, error: outcome.error, durationMs } as const)
    const record = storableJson({ result, durationMs }) as ToolStepResult
    const state = outcome.ok ? 'done' : 'failed'
    const done = this.#step(toolStepName(step, callId), 'tool', state, { result: record, durationMs })
    // The model may hear of it meanwhile; what it says, and what else it calls, is written after it.
    this.#write('tool_finished', [told], done)
  }

  #write(boundary: Boundary, told: readonly ExecutionEventBody[], step: StepWrite): void {
    this.#written = this.#run.writer.write(boundary, told, { usage: this.usage, steps: [step] })
    // Whoever waits hears of a failure; the others, at their next event.
    this.#written.catch(() => {})
  }

  #step(
    name: string,
    kind: StepWrite['kind'],
    state: StepWrite['state'],
    rest: Partial<Pick<StepWrite, 'input' | 'inputHash' | 'result' | 'durationMs'>>,
  ): StepWrite {
    const id = this.#deps.newId() as StepId
    return { id, name, kind, state, input: null, inputHash: null, result: null, durationMs: 0, ...rest }
  }
}
