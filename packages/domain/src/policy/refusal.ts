import type { AgentId, ConversationId, ExecutionId } from '@kickstartmyai/contract'
import { findAgent, findConversation, findExecution } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { scopeOf } from './scope-of.ts'

/*
 * Why something was refused that no row was found for: a thing that the caller may see is refused as such; any other is
 * as good as not there. Asked only when there is a refusal, so that what is allowed takes one statement.
 */

const forbidden = (noun: string, access: string) =>
  new DomainError('FORBIDDEN', `You are ${access} of this ${noun}, which is not enough for this. Ask its owner.`)

export async function agentRefusal({ db }: Pick<Deps, 'db'>, actor: Actor, agentId: AgentId): Promise<DomainError> {
  const row = await findAgent(db, scopeOf(actor, 'agent.read'), agentId)
  return row ? forbidden('agent', row.access) : notFound('agent')
}

export async function conversationRefusal(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  conversationId: ConversationId,
): Promise<DomainError> {
  const row = await findConversation(db, scopeOf(actor, 'conversation.read'), conversationId)
  return row ? forbidden('conversation', row.access) : notFound('conversation')
}

export async function executionRefusal(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  executionId: ExecutionId,
): Promise<DomainError> {
  const row = await findExecution(db, scopeOf(actor, 'execution.read'), executionId)
  if (!row) return notFound('execution')
  return new DomainError('FORBIDDEN', 'You may see this execution, but not do this with it.')
}
