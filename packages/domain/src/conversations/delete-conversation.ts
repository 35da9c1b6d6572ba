import type { ConversationId } from '@kickstartmyai/contract'
import { deleteConversation as deleteRow, findConversation } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'

/** Deletes a conversation with its messages; an answer that is under way is stopped. Throws NOT_FOUND. */
export async function deleteConversation(deps: Deps, actor: Actor, conversationId: ConversationId): Promise<void> {
  const conversation = await findConversation(deps.db, actor.userId, conversationId)
  if (!conversation || !(await deleteRow(deps.db, actor.userId, conversationId))) throw notFound('conversation')
  if (conversation.active_execution_id) deps.onCancelRequested(conversation.active_execution_id)
}
