import type { LanguageModel, ModelChunk, ModelRequest, ToolCall, ToolOutcome, ToolResult } from '@kickstartmyai/ai'
import type { Divergence } from '@kickstartmyai/contract'
import { callHash } from './call-hash.ts'
import { canonicalHash } from './canonical-hash.ts'
import { hashRequest, tellDifference } from './request-hash.ts'
import type { Round } from './rounds.ts'
import { type ModelStepInput, modelStepName, type ToolStepResult, toolStepName } from './step-records.ts'

/** What a run has recorded, as a model and results of tools that answer from it and compare what they are asked. */
export class RecordedRun {
  readonly #rounds: readonly Round[]
  #asked = 0
  steps = 0
  unrecorded = 0
  divergence: Divergence | null = null

  constructor(rounds: readonly Round[]) {
    this.#rounds = rounds
  }

  /** A model that says what was said then. It breaks off where the record ends, or what it is asked is not the same. */
  readonly model: LanguageModel = {
    provider: 'recorded',
    id: 'recorded',
    stream: (request) => this.#stream(request),
  }

  async *#stream(request: ModelRequest): AsyncGenerator<ModelChunk> {
    const round = this.#rounds[this.#asked]
    if (!round) throw new Error('The record ends here.')
    const { hash, parts } = hashRequest(request)
    const tell = () => tellDifference(round.model.input as ModelStepInput | null, parts)
    this.#compare(modelStepName(this.#asked), 'model', round.model.input_hash, hash, tell)
    if (this.divergence) throw new Error('The record is of another request.')
    this.#asked += 1
    yield* round.answer.message.parts
    yield { type: 'usage', usage: round.answer.usage }
    yield { type: 'finish', reason: round.answer.reason }
  }

  /** Compares a call of the round that was answered last. */
  call(call: ToolCall): void {
    const step = this.#find(call.callId)
    if (!step) return
    const tell = () => `The call of “${call.name}” is another one.`
    this.#compare(step.name, 'tool', step.input_hash, callHash(call), tell)
  }

  /** Compares an outcome that comes of the call itself, without running its tool. */
  outcome({ callId, name, outcome }: ToolResult): void {
    const recorded = this.result(callId)
    if (!recorded) return
    const [then, now] = [canonicalHash(recorded.outcome), canonicalHash(outcome)]
    if (then === now) return
    const difference = `“${name}” gave ${inWords(recorded.outcome)} then, and would give ${inWords(outcome)} now.`
    const step = toolStepName(this.#asked - 1, callId)
    this.divergence ??= { step, kind: 'tool', expectedHash: then, actualHash: now, difference }
  }

  /** The result that a call of the round that was answered last had; undefined when it had none. */
  result(callId: string): ToolResult | undefined {
    return (this.#find(callId)?.result as ToolStepResult | null | undefined)?.result
  }

  #find(callId: string) {
    return this.#rounds[this.#asked - 1]?.calls.find(({ call }) => call.callId === callId)?.step
  }

  #compare(step: string, kind: 'model' | 'tool', then: string | null, now: string, tell: () => string): void {
    if (this.divergence) return
    if (then !== null && then !== now) {
      this.divergence = { step, kind, expectedHash: then, actualHash: now, difference: tell() }
      return
    }
    this.steps += 1
    if (then === null) this.unrecorded += 1
  }
}

const inWords = (outcome: ToolOutcome) => (outcome.ok ? 'an output' : `the error ${outcome.error.code}`)
