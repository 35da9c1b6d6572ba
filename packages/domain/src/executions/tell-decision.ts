import type { ExecutionEventBody } from '@kickstartmyai/contract'
import type { Approval } from './load-progress.ts'

/**
 * The event of a decision that nobody was told of: while an execution runs, only the holder of its lease may number
 * events, so it tells what was decided meanwhile as soon as it acts on it.
 */
export function tellDecision({ stepId, call, decision, isTold }: Approval): ExecutionEventBody[] {
  if (decision === null || isTold) return []
  return [{ type: 'approval.decided', stepId, callId: call.callId, name: call.name, decision }]
}
