import type { ForkChange, ProviderName, StepId } from '@kickstartmyai/contract'
import { type ExecutionRow, findAgent, findMessage, type StepRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { toExecutionSettings } from '../agents/to-execution-settings.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { storableJson, storableParts } from '../messages/storable.ts'
import type { Branch } from './continue-execution.ts'
import { callHash } from './call-hash.ts'
import type { Round } from './rounds.ts'
import { type ToolStepInput, type ToolStepResult, toolStepName } from './step-records.ts'
import { scopeOf } from '../policy/scope-of.ts'

type Changed = Pick<Branch, 'rounds' | 'change' | 'agentId' | 'settings' | 'model' | 'prompt'>

/**
 * What an execution would do that shares these rounds with its origin, but for one change. Throws NOT_FOUND,
 * VALIDATION_FAILED and MODEL_NOT_CONFIGURED.
 */
export async function changeBranch(
  deps: Deps,
  actor: Actor,
  origin: ExecutionRow,
  rounds: readonly Round[],
  change: ForkChange,
): Promise<Changed> {
  const resolve = (provider: string | null, model: string | null) =>
    deps.models.resolve(actor.userId, provider as ProviderName | null, model)
  const same = { rounds, agentId: origin.agent_id, settings: origin.settings, prompt: null }

  if ('prompt' in change) {
    const message = await findMessage(deps.db, scopeOf(actor, 'conversation.read'), origin.message_id)
    if (!message) throw notFound('message')
    const parts = storableParts(change.prompt)
    const prompt = { parts, parentId: message.parent_id }
    const model = await resolve(origin.provider, origin.model)
    return { ...same, rounds: rounds.map(unasked), model, prompt, change: { prompt: parts } }
  }
  if ('toolResult' in change) {
    const { callId } = change.toolResult
    const output = storableJson(change.toolResult.output)
    const model = await resolve(origin.provider, origin.model)
    const changed = replaceResult(deps, rounds, callId, output)
    return { ...same, rounds: changed, model, change: { toolResult: { callId, output } } }
  }
  if ('provider' in change) {
    const { provider, model = null } = change
    return { ...same, model: await resolve(provider, model), change: { provider, model } }
  }
  const agent = await findAgent(deps.db, scopeOf(actor, 'agent.use'), change.agentId)
  if (!agent) throw notFound('agent')
  if (agent.status !== 'active') {
    const message = `The agent “${agent.name}” is ${agent.status}. Activate it.`
    throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'change.agentId', message }] })
  }
  const model = await resolve(agent.provider, agent.model)
  const settings = toExecutionSettings(agent)
  return { rounds: rounds.map(unasked), agentId: agent.id, settings, model, prompt: null, change }
}

/** What was asked for these answers is not what this execution would have asked. */
const unasked = (round: Round): Round => ({ ...round, model: { ...round.model, input: null, input_hash: null } })

/** The call's tool is as good as run: its output is the one that is given. */
function replaceResult(deps: Deps, rounds: readonly Round[], callId: string, output: unknown): Round[] {
  const last = rounds.at(-1)
  const asked = last?.calls.find(({ call }) => call.callId === callId)
  if (!last || !asked) {
    const message = 'The step before has asked for no such call.'
    throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'change.toolResult.callId', message }] })
  }
  const { call } = asked
  const result: ToolStepResult = { result: { callId, name: call.name, outcome: { ok: true, output } }, durationMs: 0 }
  const input: ToolStepInput = { step: rounds.length - 1, call }
  const { started_at: at } = last.model
  const step: StepRow = {
    ...last.model,
    id: deps.newId() as StepId,
    name: toolStepName(input.step, callId),
    kind: 'tool',
    state: 'done',
    input,
    input_hash: callHash(call),
    result,
    ended_at: at,
  }
  const calls = last.calls.map((known) => (known === asked ? { call, step } : known))
  return [...rounds.slice(0, -1), { ...last, calls }]
}
