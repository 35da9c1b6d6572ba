import type { ToolCall } from '@kickstartmyai/ai'
import type { ProviderName, RetryExecutionInput, SendResult } from '@kickstartmyai/contract'
import { type ExecutionRow, findExecution, listStepsOf, type StepRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { continueExecution } from './continue-execution.ts'
import { type Round, roundsOf } from './rounds.ts'
import type { ToolStepResult } from './step-records.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { executionRefusal } from '../policy/refusal.ts'
import { checkAgent } from './check-agent.ts'

/**
 * Tries an execution again that failed, was stopped or took too long: as a new one on the same message, which goes on
 * after the steps that were finished. These are not paid for again, and no tool with an effect is run again; of one that
 * was under way nobody knows the outcome, and the model is told so. Throws NOT_FOUND, FORBIDDEN, CONFLICT (it is under way, or was
 * completed), IDEMPOTENCY_MISMATCH, LIMIT_EXCEEDED, MODEL_NOT_CONFIGURED.
 */
export async function retryExecution(
  deps: Deps,
  actor: Actor,
  { executionId, clientKey }: RetryExecutionInput,
): Promise<SendResult> {
  const scope = scopeOf(actor, 'execution.continue')
  const origin = await findExecution(deps.db, scope, executionId)
  if (!origin) throw await executionRefusal(deps, actor, executionId)
  refuse(origin)
  await checkAgent(deps, actor, origin)
  const rounds = roundsOf(await listStepsOf(deps.db, scope, executionId))
  return continueExecution(deps, actor, {
    kind: 'retry',
    origin,
    rounds: rounds.map((round) => giveUpEffects(deps, round)),
    change: null,
    agentId: origin.agent_id,
    settings: origin.settings,
    model: await deps.models.resolve(actor.userId, origin.provider as ProviderName | null, origin.model),
    prompt: null,
    clientKey,
    asked: [executionId],
  })
}

function refuse({ status }: ExecutionRow): void {
  switch (status) {
    case 'failed':
    case 'cancelled':
    case 'timed_out':
      return
    case 'completed':
      throw new DomainError('CONFLICT', 'This run was completed. Send the message again, or fork the run at a step.')
    case 'queued':
    case 'running':
    case 'waiting':
      throw new DomainError('CONFLICT', 'This run is still under way. Wait for its end, or stop it first.')
  }
}

/** A tool that changes something may have done so although its end was not seen: its outcome stays unknown. */
function giveUpEffects({ tools }: Deps, round: Round): Round {
  const calls = round.calls.map(({ call, step }) => {
    const isOpen = step?.state === 'started' && tools.get(call.name)?.effect !== 'read'
    return { call, step: isOpen ? givenUp(step, call) : step }
  })
  return { ...round, calls }
}

function givenUp(step: StepRow, { callId, name }: ToolCall): StepRow {
  const result: ToolStepResult = { result: { callId, name, outcome: { ok: false, error: unknown } }, durationMs: 0 }
  return { ...step, state: 'unknown', result, ended_at: step.started_at }
}

const unknown = {
  code: 'UNKNOWN_OUTCOME',
  message: 'The run ended while this tool ran. It may or may not have taken effect; it was not repeated.',
}
