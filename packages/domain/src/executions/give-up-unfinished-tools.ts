import type { ToolResult } from '@kickstartmyai/ai'
import type { StepId } from '@kickstartmyai/contract'
import type { StepWrite } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import type { Progress } from './load-progress.ts'
import type { Run } from './run.ts'
import { type ToolStepResult, toolStepName } from './step-records.ts'

const error = {
  code: 'UNKNOWN_OUTCOME',
  message: 'The server stopped while this tool ran. It may or may not have taken effect; it was not repeated.',
}

/**
 * A tool that changes something and was begun before a crash may have done it or not: it is never run again, and the
 * model is told so. One that only reads is left for the loop to run again.
 */
export async function giveUpUnfinishedTools(deps: Deps, run: Run, progress: Progress): Promise<void> {
  for (const { step, call } of progress.unfinished) {
    if (deps.tools.get(call.name)?.effect === 'read') continue
    const { callId, name } = call
    const result: ToolResult = { callId, name, outcome: { ok: false, error } }
    const record: ToolStepResult = { result, durationMs: 0 }
    const told = { type: 'tool.failed', callId, name, error, durationMs: 0 } as const
    const given: StepWrite = {
      id: deps.newId() as StepId,
      name: toolStepName(step, callId),
      kind: 'tool',
      state: 'unknown',
      input: null,
      inputHash: null,
      result: record,
      durationMs: 0,
    }
    await run.writer.write('tool_given_up', [told], { usage: progress.usage, steps: [given] })
    progress.answer.addResult(result, 0)
    const last = progress.messages.at(-1)
    if (last?.role === 'tool') last.results.push(result)
    else progress.messages.push({ role: 'tool', results: [result] })
  }
}
