import type { Conversation, UpdateConversationInput } from '@kickstartmyai/contract'
import { findAgent, updateConversation as updateRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { getConversation } from './get-conversation.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { conversationRefusal } from '../policy/refusal.ts'

/** Renames a conversation or gives it to another agent that the caller may use. Throws NOT_FOUND, FORBIDDEN. */
export async function updateConversation(
  deps: Deps,
  actor: Actor,
  input: UpdateConversationInput,
): Promise<Conversation> {
  if (input.agentId && !(await findAgent(deps.db, scopeOf(actor, 'agent.use'), input.agentId))) throw notFound('agent')
  const permission = input.agentId === undefined ? 'conversation.rename' : 'conversation.chooseAgent'
  const found = await updateRow(deps.db, scopeOf(actor, permission), input.conversationId, {
    ...(input.title !== undefined && { title: input.title, title_source: 'person' as const }),
    ...(input.agentId !== undefined && { agent_id: input.agentId }),
  })
  if (!found) throw await conversationRefusal(deps, actor, input.conversationId)
  return getConversation(deps, actor, input.conversationId)
}
