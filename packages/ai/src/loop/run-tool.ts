import type { ToolCall, ToolOutcome } from '../model/message.ts'
import type { ToolDefinition } from '../tools/tool.ts'
import { checkCall, failure } from './check-call.ts'

interface RunToolOptions {
  tools: readonly ToolDefinition[]
  signal: AbortSignal
  now: () => number
}

/**
 * Runs one call and gives its outcome in words that the model can act on; never throws, except the signal's reason when
 * it aborts. A tool that ignores its signal is left behind.
 */
export async function runTool(call: ToolCall, { tools, signal, now }: RunToolOptions): Promise<ToolOutcome> {
  const checked = await checkCall(tools, call)
  if (!checked.ok) return checked
  const { tool, input } = checked
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  let timer: NodeJS.Timeout | undefined
  const run = async () => {
    either.throwIfAborted()
    timer = setTimeout(() => stop.abort(new ToolTimeout()), tool.timeoutMs)
    return { ok: true as const, output: asJson(await tool.run(input, { signal: either, now })) }
  }
  try {
    return await Promise.race([run(), rejectsOnAbort(either)])
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (stop.signal.aborted) return failure('TIMED_OUT', `The tool took longer than ${tool.timeoutMs / 1000} s.`)
    return failure('TOOL_FAILED', error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
  }
}

class ToolTimeout extends Error {}

/** What is stored and what the model is told are the same: the output as JSON has it. */
function asJson(output: unknown): unknown {
  const text = JSON.stringify(output) as string | undefined
  return text === undefined ? null : JSON.parse(text)
}

function rejectsOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
