import type { Agent, AgentId } from '@kickstartmyai/contract'
import { findAgent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toAgentView } from './to-agent-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

export async function getAgent(deps: Deps, actor: Actor, agentId: AgentId): Promise<Agent> {
  const row = await findAgent(deps.db, scopeOf(actor, 'agent.read'), agentId)
  if (!row) throw notFound('agent')
  return toAgentView(row)
}
