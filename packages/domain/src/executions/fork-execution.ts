import type { ForkExecutionInput, SendResult } from '@kickstartmyai/contract'
import { findExecution, listStepsOf } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { continueExecution } from './continue-execution.ts'
import { changeBranch } from './change-branch.ts'
import { type Round, roundsOf } from './rounds.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { executionRefusal } from '../policy/refusal.ts'
import { checkAgent } from './check-agent.ts'

/**
 * Goes another way from a step of an execution: a new one in the same conversation, which shares everything that was done
 * before that step and from there on does the one thing otherwise. The steps that are shared are not paid for again, and
 * their tools are not run again. Throws NOT_FOUND (the execution, or the agent), FORBIDDEN, VALIDATION_FAILED (that step cannot be
 * forked at, or the call is not of the step before), IDEMPOTENCY_MISMATCH, LIMIT_EXCEEDED, MODEL_NOT_CONFIGURED.
 */
export async function forkExecution(deps: Deps, actor: Actor, input: ForkExecutionInput): Promise<SendResult> {
  const { executionId, atStep, change, clientKey } = input
  const scope = scopeOf(actor, 'execution.continue')
  const origin = await findExecution(deps.db, scope, executionId)
  if (!origin) throw await executionRefusal(deps, actor, executionId)
  const rounds = roundsOf(await listStepsOf(deps.db, scope, executionId))
  checkStep(rounds, atStep)
  const branch = await changeBranch(deps, actor, origin, rounds.slice(0, atStep), change)
  checkResults(branch.rounds)
  if (!('agentId' in change)) await checkAgent(deps, actor, origin)
  const asked = [executionId, atStep, change]
  return continueExecution(deps, actor, { kind: 'fork', origin, ...branch, clientKey, asked })
}

/** A step can be asked anew when it was, or could have been: the steps before it have called tools. */
function checkStep(rounds: readonly Round[], atStep: number): void {
  const reached = rounds.findIndex(({ calls }) => calls.length === 0)
  const last = reached < 0 ? rounds.length : reached
  if (atStep <= last) return
  const message = last === 0 ? 'This run can be forked at step 0.' : `This run can be forked at the steps 0 to ${last}.`
  throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'atStep', message }] })
}

/** What the next step is told must be known. */
function checkResults(rounds: readonly Round[]): void {
  const open = rounds.flatMap(({ calls }) => calls.filter(({ step }) => !step?.result))[0]
  if (!open) return
  const message = `The call “${open.call.name}” of the step before has no result. Fork earlier, or retry the run.`
  throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'atStep', message }] })
}
