import { z } from 'zod'
import type { ToolCall, ToolOutcome } from '../model/message.ts'
import type { ToolDefinition } from '../tools/tool.ts'

/** Says whether a call may run now: null, or why not, in words for the model. */
export type MayRun = (call: ToolCall) => ToolRefusal | null | Promise<ToolRefusal | null>

export interface ToolRefusal {
  code: string
  message: string
}

interface RunToolOptions {
  signal: AbortSignal
  now: () => number
  mayRun: MayRun | undefined
}

/**
 * Runs one call and gives its outcome in words that the model can act on; never throws, except the signal's reason when
 * it aborts. A tool that ignores its signal is left behind.
 */
export async function runTool(
  tool: ToolDefinition | undefined,
  call: ToolCall,
  { signal, now, mayRun }: RunToolOptions,
): Promise<ToolOutcome> {
  if (!tool) return failure('UNKNOWN_TOOL', `There is no tool named “${call.name}”. Use one of those you were given.`)
  if (call.invalidInput !== undefined) {
    return failure('INVALID_INPUT', 'The input is not valid JSON. Call the tool again with a JSON object.')
  }
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  let timer: NodeJS.Timeout | undefined
  const run = async () => {
    const input = await tool.input.safeParseAsync(call.input)
    if (!input.success) return failure('INVALID_INPUT', `The input does not fit: ${z.prettifyError(input.error)}`)
    const refusal = (await mayRun?.(call)) ?? null
    if (refusal) return failure(refusal.code, refusal.message)
    either.throwIfAborted()
    timer = setTimeout(() => stop.abort(new ToolTimeout()), tool.timeoutMs)
    return { ok: true as const, output: asJson(await tool.run(input.data, { signal: either, now })) }
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

function failure(code: string, message: string): ToolOutcome {
  return { ok: false, error: { code, message } }
}
