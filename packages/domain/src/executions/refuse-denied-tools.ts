import type { Deps } from '../deps.ts'
import { answerCall } from './answer-call.ts'
import { callHash } from './call-hash.ts'
import type { Approval, Progress } from './load-progress.ts'
import type { Run } from './run.ts'
import { tellDecision } from './tell-decision.ts'

const denied = {
  code: 'DENIED',
  message:
    'The person did not allow this call. Do not repeat it; go on without it, or ask them what they want instead.',
}
const changed = {
  code: 'DENIED',
  message: 'The call is not the one that the person allowed, so it was not run. Ask for it again.',
}

/** Answers the calls that a person has denied, so that the loop does not run them. What is run is what was shown. */
export async function refuseDeniedTools(deps: Deps, run: Run, progress: Progress): Promise<void> {
  for (const approval of progress.approvals.values()) {
    const error = refusalOf(approval)
    if (!error) continue
    const told = tellDecision(approval)
    await answerCall(deps, run, progress, approval, { boundary: 'tool_finished', state: 'failed', error, told })
  }
}

function refusalOf({ decision, isBegun, call, inputHash }: Approval): typeof denied | null {
  if (decision === null || isBegun) return null
  if (decision === 'deny') return denied
  return callHash(call) === inputHash ? null : changed
}
