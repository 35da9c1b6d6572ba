/** What the model said or is told, in a form that no vendor owns. */
export type ModelMessage = UserMessage | AssistantMessage | ToolMessage

export interface UserMessage {
  role: 'user'
  parts: { type: 'text'; text: string }[]
}

export interface AssistantMessage {
  role: 'assistant'
  parts: AssistantPart[]
}

export type AssistantPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | ({ type: 'tool_call' } & ToolCall)

/** The answers to the tool calls of the assistant message before it. */
export interface ToolMessage {
  role: 'tool'
  results: ToolResult[]
}

/** `input` is the parsed JSON; a call whose JSON could not be parsed has its text in `invalidInput` and `input` null. */
export interface ToolCall {
  callId: string
  name: string
  input: unknown
  invalidInput?: string
}

export interface ToolResult {
  callId: string
  name: string
  outcome: ToolOutcome
}

export type ToolOutcome = { ok: true; output: unknown } | { ok: false; error: { code: string; message: string } }
