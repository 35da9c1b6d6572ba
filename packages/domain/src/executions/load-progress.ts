import { addUsage, type ModelMessage, noUsage, type ToolCall } from '@kickstartmyai/ai'
import type { ApprovalDecision, StepId, Usage } from '@kickstartmyai/contract'
import { type Db, type ExecutionRow, listSteps, listToldOutcomes, type StepRow } from '@kickstartmyai/db'
import { AnswerParts } from './answer-parts.ts'
import {
  type ModelStepResult,
  modelStepName,
  type ToolStepInput,
  type ToolStepResult,
  toolStepName,
} from './step-records.ts'

/** How far an execution came before its process went away. */
export interface Progress {
  stepsDone: number
  /** What the finished steps add to the conversation. */
  messages: ModelMessage[]
  answer: AnswerParts
  usage: Usage
  /** Tool calls that were begun and whose outcome nobody knows. */
  unfinished: ToolStepInput[]
  /** Tool calls without an outcome that a person was asked about, by the names of their steps. */
  approvals: Map<string, Approval>
  /** Whether the next model step may have been begun before; never, while calls of the round before are open. */
  mayHaveBegun: boolean
}

/** A tool call that a person was asked about. */
export interface Approval extends ToolStepInput {
  stepId: StepId
  /** The call that they were shown. */
  inputHash: string | null
  /** Null: they have not answered. */
  decision: ApprovalDecision | null
  /** Whether followers have heard of the decision. */
  isTold: boolean
  /** Whether the call was begun. */
  isBegun: boolean
}

/** Puts the finished steps together again. */
export async function loadProgress(db: Db, { id }: Pick<ExecutionRow, 'id'>): Promise<Progress> {
  const steps = new Map((await listSteps(db, id)).map((step) => [step.name, step]))
  const told = await listToldOutcomes(db, id)
  const progress = noProgress()
  for (;;) {
    const step = steps.get(modelStepName(progress.stepsDone))
    if (step?.state !== 'done') return progress
    addRound(progress, steps, step.result as ModelStepResult, told)
    progress.stepsDone += 1
  }
}

/** Where an execution begins. */
export const noProgress = (): Progress => ({
  stepsDone: 0,
  messages: [],
  answer: new AnswerParts(),
  usage: noUsage,
  unfinished: [],
  approvals: new Map(),
  mayHaveBegun: true,
})

/** `told`: the calls whose outcomes were told, in that order; those of this round come first and are taken away. */
function addRound(
  progress: Progress,
  steps: ReadonlyMap<string, StepRow>,
  done: ModelStepResult,
  told: string[],
): void {
  progress.usage = addUsage(progress.usage, done.usage)
  progress.messages.push({ role: 'assistant', parts: done.message.parts })
  const calls = done.message.parts.flatMap((part) => (part.type === 'tool_call' ? [part] : []))
  // In the order in which they are streamed: a round's calls are told when its text is complete.
  for (const part of done.message.parts) if (part.type !== 'tool_call') progress.answer.add(part.type, part.text)
  for (const call of calls) progress.answer.addCall(call)
  const outcomes: ToolStepResult[] = []
  for (const call of calls) {
    const name = toolStepName(progress.stepsDone, call.callId)
    const step = steps.get(name)
    if (step?.state === 'started') progress.unfinished.push(step.input as ToolStepInput)
    if (!step?.result) {
      if (step) addApproval(progress, step, call)
      continue
    }
    outcomes.push(step.result as ToolStepResult)
  }
  // The model hears them in the order of its calls; the answer has them as they were streamed, the quick ones first.
  const order = told.splice(0, outcomes.length)
  const place = ({ result }: ToolStepResult) => order.indexOf(result.callId)
  for (const { result, durationMs } of outcomes.toSorted((one, other) => place(one) - place(other))) {
    progress.answer.addResult(result, durationMs)
  }
  progress.mayHaveBegun = outcomes.length === calls.length
  if (outcomes.length > 0) progress.messages.push({ role: 'tool', results: outcomes.map(({ result }) => result) })
}

function addApproval(progress: Progress, step: StepRow, call: ToolCall): void {
  if (step.state !== 'awaiting' && step.decision === null) return
  progress.approvals.set(step.name, {
    step: progress.stepsDone,
    call,
    stepId: step.id,
    inputHash: step.input_hash,
    decision: step.decision,
    isTold: step.decision_seq !== null,
    isBegun: step.state !== 'awaiting',
  })
}
