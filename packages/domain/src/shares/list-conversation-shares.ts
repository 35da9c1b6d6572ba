import type { ConversationId, Share } from '@kickstartmyai/contract'
import { findConversation, listGrants } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { conversationRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { toShareView } from './to-share-view.ts'

/** With whom the conversation is shared, for those who may share it. Throws NOT_FOUND, FORBIDDEN. */
export async function listConversationShares(
  deps: Deps,
  actor: Actor,
  conversationId: ConversationId,
): Promise<{ items: Share[] }> {
  if (!(await findConversation(deps.db, scopeOf(actor, 'conversation.share'), conversationId)))
    throw await conversationRefusal(deps, actor, conversationId)
  const rows = await listGrants(deps.db, 'conversation', conversationId)
  return { items: rows.map(toShareView) }
}
