import type { Conversation, ConversationId, CreateConversationInput } from '@kickstartmyai/contract'
import { findAgent, findFirstAgent, insertConversation } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { getConversation } from './get-conversation.ts'
import { untitled } from './title.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** Begins a conversation with the agent that is named, or with the caller's first one. Throws NOT_FOUND. */
export async function createConversation(
  deps: Deps,
  actor: Actor,
  input: CreateConversationInput,
): Promise<Conversation> {
  const agent = input.agentId
    ? await findAgent(deps.db, scopeOf(actor, 'agent.use'), input.agentId)
    : await findFirstAgent(deps.db, actor.userId)
  if (input.agentId && !agent) throw notFound('agent')
  const conversationId = deps.newId() as ConversationId
  await insertConversation(deps.db, {
    id: conversationId,
    owner_id: actor.userId,
    agent_id: agent?.id ?? null,
    title: input.title ?? untitled,
    title_source: input.title === undefined ? 'prompt' : 'person',
  })
  return getConversation(deps, actor, conversationId)
}
