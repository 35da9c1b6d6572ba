import type { ToolCall } from '../model/message.ts'

/** The call as the model made it. No text at all is an empty object; text that is not JSON goes on as `invalidInput`. */
export function parseToolInput(callId: string, name: string, json: string): ToolCall {
  if (json.trim() === '') return { callId, name, input: {} }
  try {
    return { callId, name, input: JSON.parse(json) as unknown }
  } catch {
    return { callId, name, input: null, invalidInput: json }
  }
}
