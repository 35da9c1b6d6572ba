import { type ExecutionRow, findAgent } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** What goes on from a run has its agent's prompt and tools: the caller must still be allowed to use it. Throws FORBIDDEN. */
export async function checkAgent({ db }: Deps, actor: Actor, { agent_id: agentId }: ExecutionRow): Promise<void> {
  if (agentId !== null && (await findAgent(db, scopeOf(actor, 'agent.use'), agentId))) return
  const message = agentId === null ? 'The agent of this run was deleted.' : 'You may not use the agent of this run.'
  throw new DomainError('FORBIDDEN', `${message} Fork the run with another one.`)
}
