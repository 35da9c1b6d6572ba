import type { ToolCall, ToolResult } from '../model/message.ts'
import { runTool } from './run-tool.ts'
import type { ToolDefinition } from '../tools/tool.ts'

export interface FinishedCall {
  result: ToolResult
  durationMs: number
}

interface RunToolsOptions {
  tools: readonly ToolDefinition[]
  /** Most tools that run at a time. */
  parallel: number
  signal: AbortSignal
  now: () => number
}

/** Runs the calls of a round side by side and gives each as it finishes. Throws the signal's reason when it aborts. */
export async function* runTools(
  calls: readonly ToolCall[],
  options: RunToolsOptions,
): AsyncGenerator<FinishedCall, void> {
  const waiting = [...calls]
  const underWay = new Map<ToolCall, Promise<[ToolCall, FinishedCall]>>()
  while (waiting.length > 0 || underWay.size > 0) {
    options.signal.throwIfAborted()
    for (const call of waiting.splice(0, options.parallel - underWay.size)) {
      const finished = runOne(call, options).then((done): [ToolCall, FinishedCall] => [call, done])
      // When one rejects the others are left behind, and their rejections are no news.
      finished.catch(() => {})
      underWay.set(call, finished)
    }
    const [call, done] = await Promise.race(underWay.values())
    underWay.delete(call)
    yield done
  }
}

async function runOne(call: ToolCall, options: RunToolsOptions): Promise<FinishedCall> {
  const { callId, name } = call
  const startedAt = options.now()
  const outcome = await runTool(call, options)
  return { result: { callId, name, outcome }, durationMs: options.now() - startedAt }
}
