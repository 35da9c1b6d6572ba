import { addUsage, type ModelMessage, noUsage, type ToolResult } from '@kickstartmyai/ai'
import type { Usage } from '@kickstartmyai/contract'
import { type Db, type ExecutionRow, listSteps, type StepRow } from '@kickstartmyai/db'
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
}

/** Puts the finished steps together again. For an execution that begins there are none. */
export async function loadProgress(db: Db, row: ExecutionRow): Promise<Progress> {
  const rows = row.last_seq > 0 ? await listSteps(db, row.id) : []
  const steps = new Map(rows.map((step) => [step.name, step]))
  const progress: Progress = { stepsDone: 0, messages: [], answer: new AnswerParts(), usage: noUsage, unfinished: [] }
  for (;;) {
    const step = steps.get(modelStepName(progress.stepsDone))
    if (step?.state !== 'done') return progress
    addRound(progress, steps, step.result as ModelStepResult)
    progress.stepsDone += 1
  }
}

function addRound(progress: Progress, steps: ReadonlyMap<string, StepRow>, done: ModelStepResult): void {
  progress.usage = addUsage(progress.usage, done.usage)
  progress.messages.push({ role: 'assistant', parts: done.message.parts })
  const calls = done.message.parts.flatMap((part) => (part.type === 'tool_call' ? [part] : []))
  // In the order in which they are streamed: a round's calls are told when its text is complete.
  for (const part of done.message.parts) if (part.type !== 'tool_call') progress.answer.add(part.type, part.text)
  for (const call of calls) progress.answer.addCall(call)
  const results: ToolResult[] = []
  for (const call of calls) {
    const step = steps.get(toolStepName(progress.stepsDone, call.callId))
    if (step?.state === 'started') progress.unfinished.push(step.input as ToolStepInput)
    if (!step?.result) continue
    const { result, durationMs } = step.result as ToolStepResult
    results.push(result)
    progress.answer.addResult(result, durationMs)
  }
  if (results.length > 0) progress.messages.push({ role: 'tool', results })
}
