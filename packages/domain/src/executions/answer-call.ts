import type { ToolResult } from '@kickstartmyai/ai'
import type { ExecutionEventBody, StepId } from '@kickstartmyai/contract'
import type { StepWrite } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import type { Boundary } from './fail-points.ts'
import type { Progress } from './load-progress.ts'
import type { Run } from './run.ts'
import { type ToolStepInput, type ToolStepResult, toolStepName } from './step-records.ts'

interface Refusal {
  boundary: Boundary
  /** How the call's step ends. */
  state: Extract<StepWrite['state'], 'failed' | 'unknown'>
  /** What the model and the followers hear. */
  error: { code: string; message: string }
  /** Events that go before. */
  told?: readonly ExecutionEventBody[]
}

/** Answers a call in the place of its tool, which does not run. Throws LeaseLost. */
export async function answerCall(
  deps: Pick<Deps, 'newId'>,
  run: Run,
  progress: Progress,
  { step, call: { callId, name } }: ToolStepInput,
  { boundary, state, error, told = [] }: Refusal,
): Promise<void> {
  const result: ToolResult = { callId, name, outcome: { ok: false, error } }
  const record: ToolStepResult = { result, durationMs: 0 }
  const failed = { type: 'tool.failed', callId, name, error, durationMs: 0 } as const
  const given: StepWrite = {
    id: deps.newId() as StepId,
    name: toolStepName(step, callId),
    kind: 'tool',
    state,
    input: null,
    inputHash: null,
    result: record,
    durationMs: 0,
  }
  await run.writer.write(boundary, [...told, failed], { usage: progress.usage, steps: [given] })
  progress.answer.addResult(result, 0)
  const last = progress.messages.at(-1)
  if (last?.role === 'tool') last.results.push(result)
  else progress.messages.push({ role: 'tool', results: [result] })
}
