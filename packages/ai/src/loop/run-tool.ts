import { z } from 'zod'
import type { ToolCall, ToolOutcome } from '../model/message.ts'
import type { ToolDefinition } from '../tools/tool.ts'

/**
 * Runs one call and gives its outcome in words that the model can act on; never throws, except the signal's reason when
 * it aborts. A tool that ignores its signal is left behind.
 */
export async function runTool(
  tool: ToolDefinition | undefined,
  call: ToolCall,
  signal: AbortSignal,
  now: () => number,
): Promise<ToolOutcome> {
  if (!tool) return failure('UNKNOWN_TOOL', `There is no tool named “${call.name}”. Use one of those you were given.`)
  if (call.invalidInput !== undefined) {
    return failure('INVALID_INPUT', 'The input is not valid JSON. Call the tool again with a JSON object.')
  }
  const input = tool.input.safeParse(call.input)
  if (!input.success) return failure('INVALID_INPUT', `The input does not fit: ${z.prettifyError(input.error)}`)

  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(new ToolTimeout()), tool.timeoutMs)
  const either = AbortSignal.any([signal, stop.signal])
  try {
    const run = Promise.resolve().then(() => tool.run(input.data, { signal: either, now }))
    return { ok: true, output: await Promise.race([run, rejectsOnAbort(either)]) }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (stop.signal.aborted) return failure('TIMED_OUT', `The tool took longer than ${tool.timeoutMs / 1000} s.`)
    return failure('TOOL_FAILED', error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
  }
}

class ToolTimeout extends Error {}

function rejectsOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function failure(code: string, message: string): ToolOutcome {
  return { ok: false, error: { code, message } }
}
