import type { ConversationId } from '@kickstartmyai/contract'
import { deleteConversation as deleteRow, findConversation, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Deletes a conversation with its messages; an answer that is under way is stopped. Throws NOT_FOUND. */
export async function deleteConversation(deps: Deps, actor: Actor, conversationId: ConversationId): Promise<void> {
  const conversation = await findConversation(deps.db, actor.userId, conversationId)
  if (!conversation) throw notFound('conversation')
  await inTransaction(deps.db, async (tx) => {
    if (!(await deleteRow(tx, actor.userId, conversationId))) throw notFound('conversation')
    await writeAudit(deps, tx, actor, {
      action: 'conversation.deleted',
      object: ['conversation', conversationId],
    })
  })
  if (conversation.active_execution_id) deps.onCancelRequested(conversation.active_execution_id)
}
