import type { ConversationId } from '@kickstartmyai/contract'
import { deleteConversation as deleteRow, findConversation, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { scopeOf } from '../policy/scope-of.ts'
import { conversationRefusal } from '../policy/refusal.ts'

/** Deletes a conversation with its messages; an answer that is under way is stopped. Throws NOT_FOUND, FORBIDDEN. */
export async function deleteConversation(deps: Deps, actor: Actor, conversationId: ConversationId): Promise<void> {
  const scope = scopeOf(actor, 'conversation.delete')
  const conversation = await findConversation(deps.db, scope, conversationId)
  if (!conversation) throw await conversationRefusal(deps, actor, conversationId)
  await inTransaction(deps.db, async (tx) => {
    if (!(await deleteRow(tx, scope, conversationId))) throw notFound('conversation')
    await writeAudit(deps, tx, actor, {
      action: 'conversation.deleted',
      object: ['conversation', conversationId],
    })
  })
  if (conversation.active_execution_id) deps.onCancelRequested(conversation.active_execution_id)
}
