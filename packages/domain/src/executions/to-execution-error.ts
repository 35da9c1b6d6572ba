import type { LoopOutcome, ModelErrorKind } from '@kickstartmyai/ai'
import type { ExecutionError, ExecutionErrorCode } from '@kickstartmyai/contract'

const codes = {
  rate_limited: 'MODEL_RATE_LIMITED',
  quota_exceeded: 'MODEL_QUOTA_EXCEEDED',
  overloaded: 'MODEL_OVERLOADED',
  unavailable: 'MODEL_UNAVAILABLE',
  auth_failed: 'MODEL_AUTH_FAILED',
  rejected_request: 'MODEL_REJECTED_REQUEST',
  context_overflow: 'MODEL_CONTEXT_OVERFLOW',
  stream_cut: 'MODEL_STREAM_CUT',
  stalled: 'MODEL_STALLED',
  malformed: 'MODEL_MALFORMED',
  empty: 'MODEL_EMPTY',
  refused: 'MODEL_REFUSED',
} satisfies Record<ModelErrorKind, ExecutionErrorCode>

/** Why a run of the loop did not complete, in the words of the contract; null when it did. */
export function toExecutionError(
  outcome: Exclude<LoopOutcome, { type: 'held' }>,
  maxIterations: number,
): ExecutionError | null {
  switch (outcome.type) {
    case 'completed':
      return null
    case 'failed':
      return { code: codes[outcome.error.kind], message: outcome.error.message }
    case 'max_iterations':
      return {
        code: 'MAX_ITERATIONS',
        message: `The agent asked for tools ${maxIterations} times without coming to an answer. Raise its limit or ask for less.`,
      }
    case 'aborted':
      return { code: 'INTERRUPTED', message: 'The run was interrupted.' }
  }
}
