import { noUsage, type ToolCall } from '@kickstartmyai/ai'
import type { ExecutionEventBody } from '@kickstartmyai/contract'
import type { StepRow } from '@kickstartmyai/db'
import { type ModelStepResult, modelStepName, type ToolStepResult, toolStepName } from './step-records.ts'

/** A finished model step, and the calls that it asked for with what is known of each. */
export interface Round {
  model: StepRow
  answer: ModelStepResult
  calls: { call: ToolCall; step: StepRow | undefined }[]
}

/** The finished rounds of an execution, from the first one on. */
export function roundsOf(steps: readonly StepRow[]): Round[] {
  const byName = new Map(steps.map((step) => [step.name, step]))
  const rounds: Round[] = []
  for (;;) {
    const model = byName.get(modelStepName(rounds.length))
    if (model?.state !== 'done') return rounds
    const answer = model.result as ModelStepResult
    const calls = answer.message.parts.flatMap((part) => {
      if (part.type !== 'tool_call') return []
      return [{ call: part, step: byName.get(toolStepName(rounds.length, part.callId)) }]
    })
    rounds.push({ model, answer, calls })
  }
}

/**
 * The same rounds as steps of an execution that goes on from them: what has no outcome is left out, and they cost
 * nothing, since they were paid for.
 */
export function toShared(rounds: readonly Round[]): StepRow[] {
  return rounds.flatMap(({ model, answer, calls }) => [
    { ...model, result: { ...answer, usage: noUsage } },
    ...calls.flatMap(({ step }) => (step?.result ? [step] : [])),
  ])
}

/** What a follower hears of shared rounds: what it would have heard had they been done without a disturbance. */
export function tellRounds(rounds: readonly Round[]): ExecutionEventBody[] {
  return rounds.flatMap(({ answer, calls }, step): ExecutionEventBody[] => [
    { type: 'attempt.started', step, attempt: 1 },
    ...answer.message.parts.flatMap(tellPart),
    ...calls.flatMap(({ call, step: known }) => (known?.result ? [tellCall(call)] : [])),
    ...calls.flatMap(({ step: known }) => (known?.result ? [tellResult(known.result as ToolStepResult)] : [])),
  ])
}

function tellPart(part: ModelStepResult['message']['parts'][number]): ExecutionEventBody[] {
  return part.type === 'tool_call' || part.text === '' ? [] : [{ type: `${part.type}.delta`, text: part.text }]
}

const tellCall = ({ callId, name, input }: ToolCall): ExecutionEventBody => ({
  type: 'tool.called',
  callId,
  name,
  input,
})

function tellResult({ result: { callId, name, outcome }, durationMs }: ToolStepResult): ExecutionEventBody {
  return outcome.ok
    ? { type: 'tool.completed', callId, name, output: outcome.output, durationMs }
    : { type: 'tool.failed', callId, name, error: outcome.error, durationMs }
}
