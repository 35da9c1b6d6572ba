import type { AssistantMessage, ToolCall, ToolResult } from '../model/message.ts'
import type { FinishReason } from '../model/chunk.ts'
import type { ModelError } from '../model/error.ts'
import type { ModelUsage } from '../model/usage.ts'

/**
 * What the agent loop tells as it goes. The loop is pulled: it goes on only when the next event is asked for, so a
 * consumer that stores an event before it asks for the next has stored it before its consequence (`tool_called` for
 * every call of a round is yielded before the first tool of the round starts).
 */
export type LoopEvent =
  | { type: 'step_started'; step: number }
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** The usage of the current step, as often as the vendor tells it; the last one counts. Told for failed steps too. */
  | { type: 'usage'; step: number; usage: ModelUsage }
  | { type: 'step_finished'; step: number; message: AssistantMessage; reason: FinishReason }
  /** `held`: it does not run now, a person has to allow it first. */
  | { type: 'tool_called'; step: number; call: ToolCall; held: boolean }
  | { type: 'tool_finished'; step: number; result: ToolResult; durationMs: number }
  /** The last event. */
  | { type: 'ended'; outcome: LoopOutcome }

export type LoopOutcome =
  | { type: 'completed'; reason: FinishReason }
  | { type: 'failed'; error: ModelError }
  /** Calls of the last round are left open for a person; everything else of it is done. */
  | { type: 'held' }
  | { type: 'max_iterations' }
  | { type: 'aborted' }
