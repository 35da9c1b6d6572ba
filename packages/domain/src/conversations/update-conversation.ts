import type { Conversation, UpdateConversationInput } from '@kickstartmyai/contract'
import { findAgent, updateConversation as updateRow } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { getConversation } from './get-conversation.ts'

/** Renames a conversation or gives it to another of the caller's agents. */
export async function updateConversation(
  deps: Deps,
  actor: Actor,
  input: UpdateConversationInput,
): Promise<Conversation> {
  if (input.agentId && !(await findAgent(deps.db, actor.userId, input.agentId))) throw notFound('agent')
  const found = await updateRow(deps.db, actor.userId, input.conversationId, {
    ...(input.title !== undefined && { title: input.title, title_source: 'person' as const }),
    ...(input.agentId !== undefined && { agent_id: input.agentId }),
  })
  if (!found) throw notFound('conversation')
  return getConversation(deps, actor, input.conversationId)
}
