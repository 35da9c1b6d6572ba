import { z } from 'zod'
import type { ToolCall, ToolOutcome } from '../model/message.ts'
import type { ToolDefinition } from '../tools/tool.ts'

export type ToolFailure = Extract<ToolOutcome, { ok: false }>

/** A call with its tool and its input as the tool takes it, or what is wrong with it, in words for the model. */
export async function checkCall(
  tools: readonly ToolDefinition[],
  call: ToolCall,
): Promise<{ ok: true; tool: ToolDefinition; input: unknown } | ToolFailure> {
  const tool = tools.find(({ name }) => name === call.name)
  if (!tool) return failure('UNKNOWN_TOOL', `There is no tool named “${call.name}”. Use one of those you were given.`)
  if (call.invalidInput !== undefined) {
    return failure('INVALID_INPUT', 'The input is not valid JSON. Call the tool again with a JSON object.')
  }
  try {
    const input = await tool.input.safeParseAsync(call.input)
    if (input.success) return { ok: true, tool, input: input.data }
    return failure('INVALID_INPUT', `The input does not fit: ${z.prettifyError(input.error)}`)
  } catch (error) {
    return failure('TOOL_FAILED', error instanceof Error ? error.message : String(error))
  }
}

export function failure(code: string, message: string): ToolFailure {
  return { ok: false, error: { code, message } }
}
