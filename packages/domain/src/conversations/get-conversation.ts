import type { Conversation, ConversationId } from '@kickstartmyai/contract'
import { findConversation } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toConversationView } from './to-conversation-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

export async function getConversation(deps: Deps, actor: Actor, conversationId: ConversationId): Promise<Conversation> {
  const row = await findConversation(deps.db, scopeOf(actor, 'conversation.read'), conversationId)
  if (!row) throw notFound('conversation')
  return toConversationView(row)
}
