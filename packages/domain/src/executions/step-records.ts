import type { AssistantMessage, FinishReason, ToolCall, ToolResult } from '@kickstartmyai/ai'
import type { Usage } from '@kickstartmyai/contract'

/** What a model was asked in a step, as hashes of the parts of its request. */
export interface ModelStepInput {
  system: string
  messages: string
  tools: string
  settings: string
  messageCount: number
}

/** What is kept of a finished model step: enough to go on after it without asking again. */
export interface ModelStepResult {
  message: AssistantMessage
  reason: FinishReason
  usage: Usage
}

/** What is kept of a tool step before it runs … */
export interface ToolStepInput {
  step: number
  call: ToolCall
}

/** … and after it. */
export interface ToolStepResult {
  result: ToolResult
  durationMs: number
}

export const modelStepName = (step: number) => `model:${step}`

/** Vendors may use a call id again in a later round, so the round is part of the name. */
export const toolStepName = (step: number, callId: string) => `tool:${step}:${callId}`
