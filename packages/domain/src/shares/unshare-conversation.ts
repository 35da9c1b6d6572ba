import type { ConversationId, Principal } from '@kickstartmyai/contract'
import { inTransaction, lockConversation } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { conversationRefusal } from '../policy/refusal.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { unshareThing } from './share-thing.ts'

/** Withdraws a share of the conversation. What was begun by it goes on; nothing new begins. Throws NOT_FOUND, FORBIDDEN. */
export async function unshareConversation(
  deps: Deps,
  actor: Actor,
  { conversationId, principal }: { conversationId: ConversationId; principal: Principal },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const row = await lockConversation(tx, scopeOf(actor, 'conversation.share'), conversationId)
    if (!row) throw await conversationRefusal({ db: tx }, actor, conversationId)
    await unshareThing(deps, tx, actor, { noun: 'conversation', id: row.id, ownerId: row.owner_id }, principal)
  })
}
