import { type ApproveStepInput, type Execution, type ExecutionEventBody, isTerminal } from '@kickstartmyai/contract'
import {
  decideStep,
  endWaiting,
  type ExecutionRow,
  findStep,
  inTransaction,
  insertEvents,
  lockExecution,
  type StepRow,
  type StoredEvent,
  type Transaction,
} from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { getExecution } from './get-execution.ts'
import type { ToolStepInput } from './step-records.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { executionRefusal } from '../policy/refusal.ts'

/**
 * Decides about a tool call that is held for the person: allowed, it runs exactly as it was shown; denied, the model is
 * told so. The same decision again is no error. An execution that waits goes on when nothing else is to be decided.
 * Only who set it off decides, for it is in their name that the tool runs. Throws NOT_FOUND, FORBIDDEN, CONFLICT (decided otherwise, or nobody was asked), EXECUTION_ENDED.
 */
export async function approveStep(
  deps: Pick<Deps, 'db' | 'events' | 'failPoint' | 'newId' | 'onQueued'>,
  actor: Actor,
  input: ApproveStepInput,
): Promise<Execution> {
  const { executionId, stepId, decision } = input
  const decided = await inTransaction(deps.db, async (tx) => {
    const execution = await lockExecution(tx, scopeOf(actor, 'execution.approve'), executionId)
    if (!execution) throw await executionRefusal({ db: tx }, actor, executionId)
    const step = await findStep(tx, executionId, stepId)
    if (!step) throw notFound('step')
    if (step.decision === decision) return null
    refuse(execution, step)
    const written = await write(tx, actor, execution, step, input)
    await writeAudit(deps, tx, actor, {
      action: decision === 'approve' ? 'step.approved' : 'step.denied',
      object: ['step', stepId],
      details: { executionId, tool: (step.input as ToolStepInput).call.name },
    })
    await deps.failPoint('approval_decided.before')
    return written
  })
  if (decided) await deps.failPoint('approval_decided.after')
  if (decided?.event) deps.events.publish(executionId, [decided.event])
  if (decided?.isQueued) deps.onQueued()
  return getExecution(deps, actor, executionId)
}

/** Throws when there is nothing to decide. */
function refuse({ status }: ExecutionRow, { state, decision }: StepRow): void {
  if (decision !== null) {
    const word = decision === 'approve' ? 'approved' : 'denied'
    throw new DomainError('CONFLICT', `This call was already ${word}, which cannot be changed.`)
  }
  if (isTerminal(status)) throw new DomainError('EXECUTION_ENDED', 'The execution is over; the call will not run.')
  if (state !== 'awaiting') throw new DomainError('CONFLICT', 'This step does not wait for a decision.')
}

interface Decided {
  event: StoredEvent | null
  isQueued: boolean
}

async function write(
  tx: Transaction,
  { userId }: Actor,
  { id, status, epoch, last_seq }: ExecutionRow,
  step: StepRow,
  { stepId, decision }: ApproveStepInput,
): Promise<Decided> {
  if (status !== 'waiting') {
    // Events are numbered by the process that runs it: that one tells, before it acts on the decision.
    await decideStep(tx, stepId, { decision, decidedBy: userId, seq: null })
    return { event: null, isQueued: false }
  }
  const { call } = step.input as ToolStepInput
  const body: ExecutionEventBody = {
    type: 'approval.decided',
    stepId,
    callId: call.callId,
    name: call.name,
    decision,
  }
  const event = { seq: last_seq + 1, type: body.type, body: JSON.stringify(body) }
  await decideStep(tx, stepId, { decision, decidedBy: userId, seq: event.seq })
  await insertEvents(tx, id, epoch, [event])
  return { event, isQueued: await endWaiting(tx, id, event.seq) }
}
