import type { GrantLevel, Principal, Share, ConversationId } from '@kickstartmyai/contract'
import { inTransaction, lockConversation } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { conversationRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { shareThing } from './share-thing.ts'

interface ShareInput {
  conversationId: ConversationId
  principal: Principal
  level: GrantLevel
}

/**
 * Lets a person, a group or everyone at a conversation, as far as the level goes. Throws NOT_FOUND (the conversation, the user or the group),
 * FORBIDDEN, VALIDATION_FAILED, LIMIT_EXCEEDED.
 */
export async function shareConversation(deps: Deps, actor: Actor, input: ShareInput): Promise<Share> {
  const { conversationId, principal, level } = input
  return inTransaction(deps.db, async (tx) => {
    const row = await lockConversation(tx, scopeOf(actor, 'conversation.share'), conversationId)
    if (!row) throw await conversationRefusal({ db: tx }, actor, conversationId)
    return shareThing(deps, tx, actor, { noun: 'conversation', id: row.id, ownerId: row.owner_id }, principal, level)
  })
}
